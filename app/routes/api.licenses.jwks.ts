import type { LoaderFunctionArgs } from "@remix-run/node";
import { listSigningKeys as list } from "~/domain/signing-key/list-signing-keys.server";
import { answerApi } from "~/http/api/answer-api.server";
import { askedShop, throttleCaller } from "~/http/api/asked-license.server";
import { listSigningKeys } from "~/http/api/license-calls";

const CACHE_SECONDS = 300;

export function loader(args: LoaderFunctionArgs) {
  return answerApi(
    listSigningKeys,
    args,
    async ({ query }) => {
      const keys = await list(await askedShop(query.shop), new Date());
      return {
        keys: keys.map(({ kid, publicJwk }) => ({ ...publicJwk, kid, alg: "EdDSA" as const, use: "sig" as const })),
      };
    },
    { guard: throttleCaller, cacheSeconds: CACHE_SECONDS },
  );
}

export const action = loader;
