import { createHash } from "node:crypto";
import { db } from "~/db.server";
import { completeUpload } from "~/domain/asset/complete-upload.server";
import { createLink } from "~/domain/asset/create-link.server";
import { createUpload } from "~/domain/asset/create-upload.server";
import { signPart } from "~/domain/asset/sign-part.server";
import { attach } from "~/domain/attachment/attach.server";
import { createPool } from "~/domain/pool/create-pool.server";
import { importKeys } from "~/domain/key-import/import-keys.server";
import { findShop } from "~/domain/shop/find-shop.server";
import { adminOf } from "~/gateways/shopify/admin.server";
import { findProduct } from "~/gateways/shopify/find-product.server";
import { listProducts } from "~/gateways/shopify/list-products.server";
import { makePdf, makeZip } from "./demo-files";

// Sets up the demo shop as README describes it. What is there already stays: it may run any number of times.

const domain = "featherpost-demo.myshopify.com";
const now = new Date();

const shop = await findShop(domain);
if (!shop) throw new Error(`${domain} has not installed the app yet: open the app there once, then seed.`);
const shopId = shop.id;
const admin = await adminOf(domain);

await giveWithFieldGuide();
await giveWithSoundLibrary();
await giveWithSynthPro();
await db.$disconnect();

async function giveWithFieldGuide() {
  const pdf = makePdf("Field Guide", [
    "Two hundred birds of field and forest.",
    "",
    "This is the demo shop's copy: one page, and real.",
    "Thank you for buying it.",
  ]);
  const guide = await fileAsset("field-guide.pdf", "application/pdf", pdf);
  const link = await linkAsset("Bird calls online", "https://example.com/field-guide/calls");

  await attachTo("Field Guide", null, { assetIds: [guide, link] });
}

async function giveWithSoundLibrary() {
  for (const format of ["MP3", "WAV"]) {
    const zip = makeZip({ "README.txt": `Sound Library, ${format}\n\nThree hours of birdsong, recorded at dawn.\n` });
    const sounds = await fileAsset(`sounds-${format.toLowerCase()}.zip`, "application/zip", zip);

    await attachTo("Sound Library", format, { assetIds: [sounds] });
  }
}

async function giveWithSynthPro() {
  const zip = makeZip({
    "README.txt": "Synth Pro\n\nEnter the license key that came with your order when the program asks for it.\n",
    "CHANGES.txt": "1.0  The first one.\n",
  });
  const program = await fileAsset("synth-pro.zip", "application/zip", zip);
  const pool = await keyPool("Synth Pro keys", { count: 25, prefix: "SYNTH", activationLimit: 3 });

  await attachTo("Synth Pro", null, { assetIds: [program], poolIds: [pool] });
}

async function fileAsset(fileName: string, contentType: string, bytes: Buffer): Promise<string> {
  const known = await db.asset.findFirst({ where: { shopId, title: fileName, currentVersionId: { not: null } } });
  if (known) return known.id;

  const upload = await createUpload({ shopId, fileName, contentType, sizeBytes: bytes.length });
  if (upload.kind === "refused") throw new Error(`${fileName} could not be uploaded: ${upload.reason}`);

  const { assetId, versionId } = upload;
  const md5 = createHash("md5").update(bytes).digest("base64");
  const part = await signPart({ shopId, versionId, partNumber: 1, md5 });
  if (part.kind === "refused") throw new Error(`${fileName} could not be uploaded: ${part.reason}`);

  const stored = await fetch(part.url, { method: "PUT", headers: part.headers, body: new Uint8Array(bytes) });
  if (!stored.ok) throw new Error(`Storage answered ${stored.status} to ${fileName}: ${await stored.text()}`);

  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const completed = await completeUpload({ shopId, versionId, sha256, now });
  if (completed.kind === "refused") throw new Error(`${fileName} could not be completed: ${completed.reason}`);
  return assetId;
}

async function linkAsset(title: string, url: string): Promise<string> {
  const known = await db.asset.findFirst({ where: { shopId, title, kind: "link" } });
  if (known) return known.id;

  const link = await createLink({ shopId, title, url });
  if (link.kind === "refused") throw new Error(`The link "${title}" could not be made: ${link.reason}`);
  return link.assetId;
}

/** A pool whose keys are `PREFIX-0001-…`, the same in every run. */
async function keyPool(name: string, keys: { count: number; prefix: string; activationLimit: number }) {
  const known = await db.pool.findFirst({ where: { shopId, name } });
  if (known) return known.id;

  const pool = await createPool({ shopId, name, activationLimit: keys.activationLimit });
  if (pool.kind === "refused") throw new Error(`The pool "${name}" could not be made: ${pool.reason}`);

  const texts = Array.from({ length: keys.count }, (_, index) => {
    const number = String(index + 1).padStart(4, "0");
    const rest = createHash("sha256").update(`${name} ${number}`).digest("hex").slice(0, 8).toUpperCase();
    return `${keys.prefix}-${number}-${rest.slice(0, 4)}-${rest.slice(4)}`;
  });
  const csv = Buffer.from(["key", ...texts, ""].join("\n"));
  const body = (async function* () {
    yield csv;
  })();
  const result = await importKeys({ shopId, poolId: pool.poolId, fileName: "synth-pro-keys.csv", body, now });
  if (result.kind === "refused") throw new Error(`The keys could not be imported: ${result.reason}`);
  return pool.poolId;
}

/** @param variantTitle  null: every variant of the product */
async function attachTo(
  productTitle: string,
  variantTitle: string | null,
  given: { assetIds: string[]; poolIds?: string[] },
) {
  const product = await productCalled(productTitle);
  const variants = product.variants.filter(({ title }) => title === variantTitle);
  if (variantTitle !== null && variants.length === 0) throw new Error(`${productTitle} has no variant ${variantTitle}`);

  const variantIds = variantTitle === null ? null : variants.map(({ id }) => id);
  const result = await attach({ shopId, productId: product.id, productTitle, variantIds, poolIds: [], ...given, now });
  if (result.kind === "refused") throw new Error(`Nothing could be attached to ${productTitle}: ${result.reason}`);
}

async function productCalled(title: string) {
  const { products } = await listProducts(admin, { search: title, limit: 20 });
  const listed = products.find((product) => product.title === title);
  const product = listed && (await findProduct(admin, listed.id));
  if (!product) throw new Error(`${domain} has no product called "${title}"`);
  return product;
}
