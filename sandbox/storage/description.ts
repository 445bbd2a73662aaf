import type { Description } from "./records.ts";
import { S3Error } from "./s3-error.ts";
import { headerOf, queryOf, settingsStarting, type S3Request } from "./s3-request.ts";

const keptHeaders = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
];
const metadataPrefix = "x-amz-meta-";

/** What the sender of an object wants said with it. */
export function describedBy(request: S3Request): Description {
  const headers: Record<string, string> = { "content-type": "binary/octet-stream" };
  for (const name of keptHeaders) {
    const value = name === "content-encoding" ? contentEncoding(request) : headerOf(request, name);
    if (value) headers[name] = value;
  }
  // Reversed, so that a header wins over a query parameter of the same name.
  const metadata = settingsStarting(request, metadataPrefix).reverse();
  for (const [name, value] of metadata) checkHeaderValue(name, value);
  return {
    headers,
    metadata: Object.fromEntries(metadata.map(([name, value]) => [name.slice(metadataPrefix.length), value])),
  };
}

/** The headers of an answer about an object, with the overrides that the request asks for. */
export function descriptionHeaders(request: S3Request, { headers, metadata }: Description): Record<string, string> {
  const described = { ...headers };
  for (const name of keptHeaders) {
    const override = queryOf(request, `response-${name}`);
    if (override === undefined) continue;
    checkHeaderValue(`response-${name}`, override);
    described[name] = override;
  }
  for (const [name, value] of Object.entries(metadata)) described[metadataPrefix + name] = value;
  return described;
}

/** `aws-chunked` is how the body traveled, not how the object is encoded. */
function contentEncoding(request: S3Request): string | undefined {
  const codings = headerOf(request, "content-encoding")?.split(",") ?? [];
  return codings
    .map((coding) => coding.trim())
    .filter((coding) => coding !== "" && coding !== "aws-chunked")
    .join(",");
}

function checkHeaderValue(name: string, value: string) {
  if (/^[\t\x20-\x7e\xa0-\xff]*$/.test(value) && /^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) return;
  throw new S3Error("InvalidArgument", "Header value cannot be represented using ISO-8859-1.", { ArgumentName: name });
}
