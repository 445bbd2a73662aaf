import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Layout, Page } from "@shopify/polaris";
import { z } from "zod";
import { addActivation, type AddActivationRefusal } from "~/domain/activation/add-activation.server";
import { blockFingerprint, type BlockRefusal } from "~/domain/activation/block-fingerprint.server";
import { listActivations } from "~/domain/activation/list-activations.server";
import { removeActivation } from "~/domain/activation/remove-activation.server";
import { resetActivations, type ResetActivationsRefusal } from "~/domain/activation/reset-activations.server";
import { suspendActivation } from "~/domain/activation/suspend-activation.server";
import { unblockFingerprint, type UnblockRefusal } from "~/domain/activation/unblock-fingerprint.server";
import { changeLicense } from "~/domain/license/change-license.server";
import { findLicense } from "~/domain/license/find-license.server";
import { listLicenseHistory } from "~/domain/license/list-license-history.server";
import { revealLicense } from "~/domain/license/reveal-license.server";
import { readForm } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";
import { notFound, uuidParam } from "~/http/uuid-param";
import type { ActionAnswer } from "~/ui/action-answer";
import { auditLine } from "~/ui/audit-line";
import { HistoryCard } from "~/ui/history-card";
import { NotFound } from "~/ui/not-found";
import { LicenseCard } from "./license-card";
import { LicenseForm } from "./license-form";
import { MachinesCard } from "./machines-card";

type Refusal =
  | AddActivationRefusal
  | BlockRefusal
  | UnblockRefusal
  | ResetActivationsRefusal
  | "unknown_machine"
  | "unknown_license";

const refusalText: Record<Refusal, string> = {
  unknown_license: "This license is not there any more.",
  unknown_machine: "This machine has no place any more.",
  already_there: "This machine has a place already.",
  blocked: "This fingerprint is blocked. Unblock it first.",
  limit_reached: "Every place is taken. Remove a machine, or raise the limit.",
  already_blocked: "It is blocked already.",
  not_blocked: "It is not blocked any more.",
  no_machines: "No machine has a place any more.",
};

export const meta = () => [{ title: "License – Featherpost" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const keyId = uuidParam(params, "keyId");
  const license = await findLicense(shop.id, keyId, new Date());
  if (!license) throw notFound();

  const after = z.uuid().nullable().catch(null).parse(new URL(request.url).searchParams.get("after"));
  const [{ activations, next }, history] = await Promise.all([
    listActivations(shop.id, keyId, after),
    listLicenseHistory(shop.id, license),
  ]);
  const { order } = license;
  return json({
    license,
    machines: activations,
    next,
    history: history.map(({ action, data, ...entry }) => ({ ...entry, ...auditLine({ action, data, order }) })),
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const keyId = uuidParam(params, "keyId");
  const form = await readForm(request, LicenseForm);
  if (!form.ok) return answer({ kind: "refused", message: "Check what you entered.", errors: form.errors }, 422);

  const { fields } = form;
  const now = new Date();
  const by = { shopId: shop.id, actor: shop.actor };
  switch (fields.intent) {
    case "reveal": {
      const result = await revealLicense({ ...by, keyId });
      return result.kind === "revealed" ? answer({ kind: "key", text: result.key }) : answerOf(result, "");
    }
    case "add":
      return answerOf(await addActivation({ ...by, ...fields, keyId, now }), "Machine added");
    case "remove": {
      const result = await removeActivation({ ...by, activationId: fields.activationId });
      if (result.kind === "refused") return answerOf(result, "");
      const undo = { intent: "add", fingerprint: result.fingerprint, name: result.name ?? "" };
      return answer({ kind: "done", message: "Machine removed", undo });
    }
    case "reset":
      return answerOf(await resetActivations({ ...by, keyId }), "All machines removed");
    case "suspend":
    case "resume": {
      const suspend = fields.intent === "suspend";
      const result = await suspendActivation({ ...by, activationId: fields.activationId, suspend, now });
      const undo = { intent: suspend ? "resume" : "suspend", activationId: fields.activationId };
      return answerOf(result, suspend ? "Machine suspended" : "Machine resumed", undo);
    }
    case "block": {
      const { fingerprint } = fields;
      const result = await blockFingerprint({ ...by, keyId, fingerprint, now });
      return answerOf(result, "Fingerprint blocked", { intent: "unblock", fingerprint });
    }
    case "unblock":
      return answerOf(await unblockFingerprint({ ...by, keyId, fingerprint: fields.fingerprint }), "Unblocked");
    case "change": {
      const { limit, machines, endsOn, note } = fields;
      const activationLimit = limit === "pool" ? null : limit === "unlimited" ? 0 : machines;
      return answerOf(await changeLicense({ ...by, keyId, activationLimit, expiresAt: endsOn, note }), "License saved");
    }
  }
}

function answerOf(
  result: { kind: string; reason?: Refusal },
  message: string,
  undo: Record<string, string> | null = null,
) {
  if (!result.reason) return answer({ kind: "done", message, undo });
  const isGone = result.reason === "unknown_license" || result.reason === "unknown_machine";
  return answer({ kind: "refused", message: refusalText[result.reason], errors: {} }, isGone ? 404 : 409);
}

function answer(body: ActionAnswer, status = 200) {
  return json<ActionAnswer>(body, status);
}

export default function LicensePage() {
  const { license, machines, next, history } = useLoaderData<typeof loader>();

  return (
    <Page
      title={`License …${license.keyEnd}`}
      subtitle={license.variantTitle ? `${license.title} · ${license.variantTitle}` : license.title}
      backAction={{ content: "Licenses", url: "/app/licenses" }}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <LicenseCard license={license} />
            <MachinesCard license={license} machines={machines} next={next} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <HistoryCard history={history} />
        </Layout.Section>
      </Layout>
    </Page>
  );
}

export function ErrorBoundary() {
  return (
    <NotFound
      title="No such license"
      text="Its key may have been deleted, or nobody was given it yet."
      back={{ content: "Licenses", url: "/app/licenses" }}
    />
  );
}
