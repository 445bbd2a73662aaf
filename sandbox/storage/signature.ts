import { timingSafeEqual } from "node:crypto";
import { canonicalRequest, sign, signingKey, stringToSign, type Scope } from "./canonical-request.ts";
import { S3Error, type S3ErrorCode } from "./s3-error.ts";
import { headerOf, queryOf, type S3Request } from "./s3-request.ts";

export type Credentials = { accessKeyId: string; secretAccessKey: string; region: string };

/** What a valid signature says about the body: its declared hash, and what further chunks are signed with. */
export type Authentication = {
  /** `x-amz-content-sha256`: a hash in hex, `UNSIGNED-PAYLOAD` or one of `STREAMING-…`. */
  payloadHash: string;
  key: Buffer;
  scope: Scope;
  timestamp: string;
  signature: string;
};

type Claim = {
  form: "header" | "query";
  scope: Scope;
  signedHeaders: string[];
  signature: string;
  timestamp: string;
  payloadHash: string;
};

const maxSkewMs = 15 * 60 * 1000;
const maxExpiresSeconds = 7 * 24 * 60 * 60;
const payloadHashForm = /^([0-9a-f]{64}|UNSIGNED-PAYLOAD|STREAMING-[A-Z0-9-]+)$/;

/**
 * Checks who signed a request, and that nothing signed was altered since, in either form of Signature Version 4:
 * the Authorization header or a presigned query.
 *
 * @throws AccessDenied for an anonymous or expired request or an unsigned `x-amz-` header, InvalidAccessKeyId,
 *   SignatureDoesNotMatch, RequestTimeTooSkewed, or a 400 for a signature that cannot be read or is for
 *   another region or service
 */
export function authenticate(request: S3Request, credentials: Credentials, now: Date): Authentication {
  const claim = readClaim(request);
  const { scope, signedHeaders, timestamp, payloadHash } = claim;
  if (scope.accessKeyId !== credentials.accessKeyId) {
    throw new S3Error("InvalidAccessKeyId", undefined, { AWSAccessKeyId: scope.accessKeyId });
  }
  checkScope(claim, credentials.region);
  checkTime(request, claim, now);
  checkSignedHeaders(request, claim);

  const canonical = canonicalRequest(request, signedHeaders, payloadHash);
  const text = stringToSign(timestamp, scope, canonical);
  const key = signingKey(credentials.secretAccessKey, scope);
  if (!sameSignature(sign(key, text), claim.signature)) {
    throw new S3Error("SignatureDoesNotMatch", undefined, {
      AWSAccessKeyId: scope.accessKeyId,
      StringToSign: text,
      CanonicalRequest: canonical,
    });
  }
  return { payloadHash, key, scope, timestamp, signature: claim.signature };
}

/** Compares without telling, by its time, how much of it was right. */
export function sameSignature(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function readClaim(request: S3Request): Claim {
  const authorization = headerOf(request, "authorization");
  const isPresigned = request.query.some(([name]) => name === "X-Amz-Signature" || name === "X-Amz-Algorithm");
  if (authorization !== undefined && isPresigned) {
    throw new S3Error("InvalidArgument", "Only one auth mechanism allowed");
  }
  if (authorization !== undefined) return readHeaderClaim(request, authorization);
  if (isPresigned) return readQueryClaim(request);
  throw new S3Error("AccessDenied");
}

function readHeaderClaim(request: S3Request, authorization: string): Claim {
  const malformed = "AuthorizationHeaderMalformed";
  const space = authorization.indexOf(" ");
  checkAlgorithm(authorization.slice(0, space));
  const fields = new Map(
    authorization
      .slice(space + 1)
      .split(",")
      .map((field) => field.trim().split("=", 2) as [string, string]),
  );
  const payloadHash = headerOf(request, "x-amz-content-sha256");
  if (payloadHash === undefined) {
    throw new S3Error("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
  }

  return {
    form: "header",
    scope: readScope(fields.get("Credential"), malformed),
    signedHeaders: readSignedHeaders(fields.get("SignedHeaders"), malformed),
    signature: fields.get("Signature") ?? refuse(malformed, "it has no Signature"),
    timestamp: readHeaderTime(request),
    payloadHash: readPayloadHash(payloadHash),
  };
}

function readQueryClaim(request: S3Request): Claim {
  const malformed = "AuthorizationQueryParametersError";
  const only = (name: string) => {
    const values = request.query.filter(([other]) => other === name);
    return values.length === 1 ? values[0]?.[1] : refuse(malformed, `it needs ${name} exactly once`);
  };
  checkAlgorithm(only("X-Amz-Algorithm"));
  const timestamp = only("X-Amz-Date") ?? "";
  if (dateFrom(timestamp) === undefined) refuse(malformed, 'X-Amz-Date must be in the format "yyyyMMddTHHmmssZ"');
  const payloadHash = queryOf(request, "X-Amz-Content-Sha256") ?? headerOf(request, "x-amz-content-sha256");

  return {
    form: "query",
    scope: readScope(only("X-Amz-Credential"), malformed),
    signedHeaders: readSignedHeaders(only("X-Amz-SignedHeaders"), malformed),
    signature: only("X-Amz-Signature") ?? "",
    timestamp,
    payloadHash: readPayloadHash(payloadHash ?? "UNSIGNED-PAYLOAD"),
  };
}

function checkAlgorithm(algorithm: string | undefined) {
  if (algorithm === "AWS4-HMAC-SHA256") return;
  const message = "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.";
  throw new S3Error("InvalidRequest", message);
}

function readPayloadHash(text: string): string {
  if (payloadHashForm.test(text)) return text;
  const message =
    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, or a valid sha256 value.";
  throw new S3Error("InvalidArgument", message, { ArgumentName: "x-amz-content-sha256", ArgumentValue: text });
}

function readScope(text: string | undefined, malformed: S3ErrorCode): Scope {
  const fields = text?.split("/") ?? [];
  const [terminator, service, region, date, ...id] = fields.reverse();
  if (terminator !== "aws4_request" || !service || !region || !date || id.length === 0) {
    refuse(malformed, 'the Credential must have the format "<access key>/YYYYMMDD/<region>/s3/aws4_request"');
  }
  return { accessKeyId: id.reverse().join("/"), date, region, service };
}

function readSignedHeaders(text: string | undefined, malformed: S3ErrorCode): string[] {
  const names = text?.split(";") ?? [];
  if (!names.includes("host")) refuse(malformed, "the host header must be signed");
  if (names.some((name) => name !== name.toLowerCase())) refuse(malformed, "SignedHeaders must be in lower case");
  return names;
}

function readHeaderTime(request: S3Request): string {
  const stamp = headerOf(request, "x-amz-date");
  if (stamp !== undefined && dateFrom(stamp)) return stamp;
  const date = Date.parse(headerOf(request, "date") ?? "");
  if (stamp !== undefined || Number.isNaN(date)) {
    throw new S3Error("AccessDenied", "AWS authentication requires a valid Date or x-amz-date header");
  }
  return new Date(date).toISOString().replace(/[-:]|\.\d{3}/g, "");
}

function checkScope({ form, scope, timestamp }: Claim, region: string) {
  const code = form === "header" ? "AuthorizationHeaderMalformed" : "AuthorizationQueryParametersError";
  if (scope.service !== "s3") refuse(code, `the service '${scope.service}' is wrong; expecting 's3'`);
  if (scope.region !== region) {
    refuse(code, `the region '${scope.region}' is wrong; expecting '${region}'`, { Region: region });
  }
  if (!timestamp.startsWith(scope.date)) refuse(code, "the date of the Credential is not the date of the request");
}

function checkTime(request: S3Request, { form, timestamp }: Claim, now: Date) {
  const signedAt = dateFrom(timestamp)?.getTime() ?? Number.NaN;
  const server = { ServerTime: now.toISOString() };
  if (form === "header") {
    if (Math.abs(now.getTime() - signedAt) <= maxSkewMs) return;
    throw new S3Error("RequestTimeTooSkewed", undefined, {
      RequestTime: timestamp,
      ...server,
      MaxAllowedSkewMilliseconds: maxSkewMs,
    });
  }

  const text = queryOf(request, "X-Amz-Expires") ?? "";
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (seconds < 1) refuse("AuthorizationQueryParametersError", "X-Amz-Expires should be a positive number of seconds");
  if (seconds > maxExpiresSeconds) {
    refuse("AuthorizationQueryParametersError", "X-Amz-Expires must be less than a week (in seconds) that is 604800");
  }
  if (signedAt - now.getTime() > maxSkewMs) throw new S3Error("AccessDenied", "Request is not valid yet", server);
  const expiresAt = signedAt + seconds * 1000;
  if (now.getTime() >= expiresAt) {
    const details = { "X-Amz-Expires": seconds, Expires: new Date(expiresAt).toISOString(), ...server };
    throw new S3Error("AccessDenied", "Request has expired", details);
  }
}

function checkSignedHeaders(request: S3Request, { signedHeaders }: Claim) {
  const unsigned = Object.keys(request.message.headersDistinct).filter(
    (name) => name.startsWith("x-amz-") && name !== "x-amz-content-sha256" && !signedHeaders.includes(name),
  );
  if (unsigned.length === 0) return;
  const message = "There were headers present in the request which were not signed";
  throw new S3Error("AccessDenied", message, { HeadersNotSigned: unsigned.join(", ") });
}

/** @param stamp  `YYYYMMDDTHHMMSSZ` */
function dateFrom(stamp: string): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function refuse(code: S3ErrorCode, why: string, details: Record<string, string> = {}): never {
  const subject =
    code === "AuthorizationHeaderMalformed" ? "The authorization header is malformed" : "The query is malformed";
  throw new S3Error(code, `${subject}; ${why}`, details);
}
