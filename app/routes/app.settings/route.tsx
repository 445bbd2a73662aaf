import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { findLastSettingsRun } from "~/domain/bulk-run/find-run.server";
import { saveSettings } from "~/domain/shop/save-settings.server";
import { Settings } from "~/domain/shop/settings";
import { readForm } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";
import { SettingsForm } from "./settings-form";
import { settingsFieldsOf, type SettingsAnswer } from "./settings-fields";

export const meta = () => [{ title: "Settings – Featherpost" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await requireShop(request);

  const lastRun = await findLastSettingsRun(shop.id);
  return json({ saved: settingsFieldsOf(shop), shopDomain: shop.domain, lastRun });
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const form = await readForm(request, Settings);
  if (!form.ok) return json<SettingsAnswer>({ saved: null, errors: form.errors }, 422);

  await saveSettings({ shopId: shop.id, settings: form.fields, actor: shop.actor });
  return json<SettingsAnswer>({ saved: settingsFieldsOf(form.fields), errors: {} });
}

export default function SettingsPage() {
  return <SettingsForm {...useLoaderData<typeof loader>()} />;
}
