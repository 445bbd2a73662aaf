import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { issueLicense, type IssueRefusal } from "~/domain/license/issue-license.server";
import { listHeldLicenses } from "~/domain/license/list-held-licenses.server";
import { apiError } from "~/http/api/answer-api.server";
import { answerByToken, askedHeldLicense } from "~/http/api/asked-by-token.server";
import { createLicense, listLicenses } from "~/http/api/back-end-calls";

const refusals: Record<IssueRefusal, { status: 404 | 409; message: string }> = {
  unknown_pool: { status: 404, message: "This shop has no pool of that name or id." },
  pool_archived: { status: 409, message: "This pool is archived. Take it out of the archive, or name another." },
  pool_empty: { status: 409, message: "This pool has no key left. Add keys to it, then try again." },
  key_exists: { status: 409, message: "This shop has this key already." },
};

export function loader(args: LoaderFunctionArgs) {
  return answerByToken(listLicenses, args, async ({ query }, { shopId, withKeys }, now) => {
    const { after = null, limit, ...search } = query;
    const page = await listHeldLicenses({ shopId, search, withKeys, after, limit, now });
    if (!page) throw apiError(422, "bad_cursor", "`after` must be what `next` of the page before said.");
    return page;
  });
}

export function action(args: ActionFunctionArgs) {
  return answerByToken(createLicense, args, async ({ body }, caller, now) => {
    const { pool, key = null, email = null, reference = null, activationLimit = null, note = null } = body;
    const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null;
    const { shopId, actor } = caller;
    const asked = { pool, key, email, reference, activationLimit, expiresAt, note };
    const result = await issueLicense({ shopId, ...asked, actor, now });
    if (result.kind === "refused") {
      const { status, message } = refusals[result.reason];
      throw apiError(status, result.reason, message);
    }
    return { ...(await askedHeldLicense(caller, result.licenseId, now)), created: result.isNew };
  });
}
