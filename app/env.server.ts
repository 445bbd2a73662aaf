import { z } from "zod";

/** A 32-byte key, base64. */
const encryptionKey = z
  .string()
  .transform((text) => Buffer.from(text, "base64"))
  .refine((key) => key.length === 32, "must be 32 random bytes in base64 (openssl rand -base64 32)");

const Env = z.object({
  NODE_ENV: z.string().default("production"),
  PORT: z.coerce.number("must be a number").int().min(1).max(65_535).default(3000),
  HOST: z.string().optional(),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "must start with postgresql://"),
  DATABASE_POOL: z.coerce.number().int().min(1).max(500).default(10),
  SHOPIFY_API_KEY: z.string().min(1, "is the app's client id"),
  SHOPIFY_API_SECRET: z.string().min(1, "is the app's client secret"),
  SHOPIFY_APP_URL: z.url({ protocol: /^https?$/, error: "must be the app's public https:// address" }),
  S3_ENDPOINT: z.url({ protocol: /^https?$/, error: "must be an http(s) address" }).optional(),
  S3_REGION: z.string().min(1).default("us-east-1"),
  S3_BUCKET: z.string().min(3, "is the bucket's name"),
  S3_ACCESS_KEY_ID: z.string().min(1, "is the storage's access key id"),
  S3_SECRET_ACCESS_KEY: z.string().min(1, "is the storage's secret access key"),
  S3_FORCE_PATH_STYLE: z.stringbool({ error: "must be true or false" }).default(false),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be the mail server's address, smtp://… or smtps://…" }),
  /** The sender of shops that have set none. */
  MAIL_FROM: z.email("must be an email address").optional(),
  /** Proves a bounce report; without it none is taken. */
  MAIL_WEBHOOK_SECRET: z.string().min(16, "must have at least 16 characters").optional(),
  /** How often Shopify is asked which orders changed. */
  SWEEP_EVERY_SECONDS: z.coerce.number("must be a number").int().min(1).max(86_400).default(600),
  KEY_ENCRYPTION_KEYS: z
    .string()
    .transform((text) => text.split(",").map((part) => part.trim()))
    .pipe(z.tuple([encryptionKey], encryptionKey)),
});

/**
 * Every setting of the app, read once.
 *
 * @throws at the first import, naming each setting that is missing or wrong and what it must be.
 */
export const env = readEnv(process.env);

function readEnv(source: NodeJS.ProcessEnv) {
  const parsed = Env.safeParse(source);
  if (parsed.success) return parsed.data;

  const problems = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return source[name] === undefined ? `${name} is missing` : `${name}: ${issue.message}`;
  });
  throw new Error(`Featherpost cannot start:\n  ${problems.join("\n  ")}`);
}
