import { json, type ActionFunctionArgs } from "@remix-run/node";
import type { z } from "zod";
import { addKeys, type AddKeysResult } from "~/domain/pool/add-keys.server";
import { changeKeys } from "~/domain/pool/change-keys.server";
import { deleteKeys } from "~/domain/pool/delete-keys.server";
import { disableKeys } from "~/domain/pool/disable-keys.server";
import { enableKeys } from "~/domain/pool/enable-keys.server";
import { generateKeys, type GenerateKeysResult } from "~/domain/pool/generate-keys.server";
import { KeysForm } from "~/domain/pool/keys-form";
import { findKeys, type ListedKey } from "~/domain/pool/list-keys.server";
import { moveKeys, type MoveKeysResult } from "~/domain/pool/move-keys.server";
import { readForm, type FormErrors } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";
import { uuidParam } from "~/http/uuid-param";

export type KeysAnswer =
  { kind: "done"; message: string } | { kind: "found"; keys: ListedKey[] } | { kind: "refused"; errors: FormErrors };

type Target = { shopId: string; poolId: string; actor: Awaited<ReturnType<typeof requireShop>>["actor"]; now: Date };

const addRefusals: Record<Extract<AddKeysResult, { kind: "refused" }>["reason"], (ends: string[]) => string> = {
  unknown_pool: () => "This pool no longer exists.",
  already_here: (ends) => `You have these keys already, so none was added: ${ends.map((end) => `…${end}`).join(", ")}`,
};

const makeRefusals: Record<Extract<GenerateKeysResult, { kind: "refused" }>["reason"], (room: number) => string> = {
  unknown_pool: () => "This pool no longer exists.",
  no_rule: () => "Say in the pool's settings how its keys are made.",
  too_many: (room) =>
    room === 0
      ? "There is no room for more keys of this form: a guess could find one. Use longer keys in the pool's settings."
      : `There is room for ${room.toLocaleString("en")} more keys of this form. Make fewer, or use longer keys.`,
};

const moveRefusals: Record<Extract<MoveKeysResult, { kind: "refused" }>["reason"], string> = {
  unknown_pool: "This pool no longer exists.",
  same_pool: "The keys are in this pool already.",
};

/** What a person does with the keys of a pool. */
export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const target = { shopId: shop.id, poolId: uuidParam(params, "poolId"), actor: shop.actor, now: new Date() };
  const form = await readForm(request, KeysForm);
  const answer: KeysAnswer = form.ok ? await answerTo(target, form.fields) : { kind: "refused", errors: form.errors };

  return json<KeysAnswer>(answer, answer.kind === "refused" ? 422 : 200);
}

async function answerTo(target: Target, fields: z.infer<typeof KeysForm>): Promise<KeysAnswer> {
  switch (fields.intent) {
    case "find":
      return { kind: "found", keys: await findKeys(target.shopId, target.poolId, fields.key) };
    case "add": {
      const { intent: _, ...keys } = fields;
      const result = await addKeys({ ...target, ...keys });
      if (result.kind === "added") return done(`${keysIn(result.added)} added${served(result.served)}`);
      return refused("texts", addRefusals[result.reason]("ends" in result ? result.ends : []));
    }
    case "make": {
      const result = await generateKeys({ ...target, count: fields.count });
      if (result.kind === "generated") return done(`${keysIn(result.count)} made${served(result.served)}`);
      return refused("count", makeRefusals[result.reason]("room" in result ? result.room : 0));
    }
    case "change": {
      const { intent: _, choice, ...changes } = fields;
      const { count } = await changeKeys({ ...target, choice, changes });
      return done(`${keysIn(count)} changed`);
    }
    case "disable": {
      const { count } = await disableKeys({ ...target, ...fields, includesSold: fields.includesSold === "yes" });
      return done(`${keysIn(count)} disabled`);
    }
    case "enable": {
      const result = await enableKeys({ ...target, choice: fields.choice });
      return done(`${keysIn(result.count)} enabled${served(result.served)}`);
    }
    case "delete": {
      const { count } = await deleteKeys({ ...target, choice: fields.choice });
      return done(`${keysIn(count)} deleted`);
    }
    case "move": {
      const result = await moveKeys({ ...target, ...fields });
      if (result.kind === "moved") return done(`${keysIn(result.count)} moved${served(result.served)}`);
      return refused("toPoolId", moveRefusals[result.reason]);
    }
  }
}

function done(message: string): KeysAnswer {
  return { kind: "done", message };
}

function refused(field: string, message: string): KeysAnswer {
  return { kind: "refused", errors: { [field]: [message] } };
}

function keysIn(count: number): string {
  return count === 1 ? "1 key" : `${count.toLocaleString("en")} keys`;
}

function served(count: number): string {
  if (count === 0) return "";
  return count === 1 ? "; 1 customer who waited got theirs" : `; ${count.toLocaleString("en")} who waited got theirs`;
}
