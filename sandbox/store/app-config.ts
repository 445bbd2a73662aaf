import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { z } from "zod";
import { complianceTopics, webhookTopics } from "./webhook-topics.ts";

export type Subscription = {
  topic: string;
  /** path and query on the app, such as `/webhooks/orders` */
  path: string;
  name: string | null;
  includeFields: string[];
};

export type AppConfig = {
  name: string;
  scopes: string[];
  /** version of webhooks and of the Admin API, such as `2026-07` */
  apiVersion: string;
  subscriptions: Subscription[];
  /** A path of the shop's site that Shopify passes on to the app; null: none. */
  proxy: AppProxy | null;
};

/** Both without a slash at the end: `/apps/downloads` of the shop is `/proxy/downloads` of the app. */
export type AppProxy = { shopPath: string; appPath: string };

const Topics = z.array(z.string());

const File = z.looseObject({
  name: z.string(),
  application_url: z.url(),
  access_scopes: z.looseObject({ scopes: z.string().default("") }).default({ scopes: "" }),
  app_proxy: z
    .strictObject({ url: z.string(), prefix: z.enum(["a", "apps", "community", "tools"]), subpath: z.string().min(1) })
    .optional(),
  webhooks: z.looseObject({
    api_version: z.string(),
    subscriptions: z
      .array(
        z.strictObject({
          uri: z.string(),
          topics: Topics.optional(),
          compliance_topics: Topics.optional(),
          name: z.string().optional(),
          include_fields: z.array(z.string()).optional(),
        }),
      )
      .default([]),
  }),
});

/**
 * Reads `shopify.app.toml`: which scopes the app asks for and which webhooks it wants where.
 *
 * @throws with a sentence that names the file and what is wrong in it: broken TOML, a topic Shopify
 *   does not know, or an address that is not the app's own.
 */
export function readAppConfig(path: string): AppConfig {
  const refuse = (problem: string): never => {
    throw new Error(`${path}: ${problem}`);
  };

  const parsed = File.safeParse(parseToml(path));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuse(`${issue?.path.join(".")}: ${issue?.message}`);
  }
  const file = parsed.data;
  const scopes = file.access_scopes.scopes
    .split(",")
    .map((scope) => scope.trim())
    .filter(Boolean);
  const granted = withImplied(scopes);

  const subscriptions = file.webhooks.subscriptions.flatMap((entry) => {
    const pathOnApp =
      pathOf(entry.uri, file.application_url) ?? refuse(`webhook uri "${entry.uri}" is not on ${file.application_url}`);
    for (const topic of entry.topics ?? []) {
      if (complianceTopics.has(topic)) refuse(`"${topic}" belongs under compliance_topics, not topics`);
      const wanted = webhookTopics.get(topic) ?? refuse(`"${topic}" is not a webhook topic of Shopify`);
      if (wanted.length > 0 && !wanted.some((scope) => granted.has(scope))) {
        refuse(`the topic "${topic}" needs the scope ${wanted.join(" or ")}, which access_scopes does not ask for`);
      }
    }
    for (const topic of entry.compliance_topics ?? []) {
      if (!complianceTopics.has(topic)) refuse(`"${topic}" is not a compliance topic of Shopify`);
    }
    return [...(entry.topics ?? []), ...(entry.compliance_topics ?? [])].map((topic) => ({
      topic,
      path: pathOnApp,
      name: entry.name ?? null,
      includeFields: entry.include_fields ?? [],
    }));
  });

  return {
    name: file.name,
    scopes,
    apiVersion: file.webhooks.api_version,
    subscriptions,
    proxy: proxyFrom(file, granted, refuse),
  };
}

function proxyFrom(
  { app_proxy: asked, application_url }: z.infer<typeof File>,
  granted: ReadonlySet<string>,
  refuse: (problem: string) => never,
): AppProxy | null {
  if (!asked) return null;
  if (!granted.has("write_app_proxy")) refuse("app_proxy needs the scope write_app_proxy");
  const appPath =
    pathOf(asked.url, application_url) ?? refuse(`app_proxy url "${asked.url}" is not on ${application_url}`);
  return { shopPath: `/${asked.prefix}/${asked.subpath}`, appPath: appPath.replace(/\/$/, "") };
}

/** Leave to write is leave to read. */
export function withImplied(scopes: string[]): ReadonlySet<string> {
  return new Set([...scopes, ...scopes.map((scope) => scope.replace(/^write_/, "read_"))]);
}

function parseToml(path: string): unknown {
  const text = readFileSync(path, "utf8");
  try {
    return parse(text);
  } catch (error) {
    throw new Error(`${path} is not valid TOML: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function pathOf(uri: string, applicationUrl: string): string | null {
  if (uri.startsWith("/")) return uri;
  if (!URL.canParse(uri)) return null;
  const address = new URL(uri);
  return address.origin === new URL(applicationUrl).origin ? address.pathname + address.search : null;
}
