import { headBucket, listMultipartUploads, listObjects } from "./bucket-calls.ts";
import type { Answer, Call } from "./call.ts";
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listParts,
  uploadPart,
} from "./multipart-calls.ts";
import { deleteObject, deleteObjects, putObject, readObject } from "./object-calls.ts";
import { S3Error } from "./s3-error.ts";
import { hasQuery, queryOf, settingOf, type S3Request } from "./s3-request.ts";

type Operation = (call: Call) => Answer | Promise<Answer>;

/** Parts of S3 that a caller must not believe to be here: answering as if they were would be silently wrong. */
const absentQueries = [
  ...["accelerate", "acl", "analytics", "attributes", "cors", "encryption", "intelligent-tiering", "inventory"],
  ...["legal-hold", "lifecycle", "location", "logging", "metrics", "notification", "object-lock", "ownershipControls"],
  ...["policy", "policyStatus", "publicAccessBlock", "replication", "requestPayment", "restore", "retention"],
  ...["select", "tagging", "torrent", "versionId", "versioning", "versions", "website"],
];
const absentSettings = ["x-amz-copy-source", "x-amz-tagging", "x-amz-server-side-encryption-customer-algorithm"];

/** Which operation a request is. @throws NoSuchBucket, MethodNotAllowed, NotImplemented, BucketAlreadyOwnedByYou */
export function operationOf(request: S3Request, bucket: string): Operation {
  if (request.bucket !== bucket) throw new S3Error("NoSuchBucket", undefined, { BucketName: request.bucket });
  const absent =
    absentQueries.find((name) => hasQuery(request, name)) ??
    absentSettings.find((name) => settingOf(request, name) !== undefined);
  if (absent !== undefined) throw new S3Error("NotImplemented", `This storage knows no ${absent}`);
  const operation = request.key === "" ? bucketOperation(request) : objectOperation(request);
  if (!operation) throw new S3Error("MethodNotAllowed", undefined, { Method: request.method });
  return operation;
}

function bucketOperation(request: S3Request): Operation | undefined {
  switch (request.method) {
    case "HEAD":
      return headBucket;
    case "GET":
      if (hasQuery(request, "uploads")) return listMultipartUploads;
      if (queryOf(request, "list-type") === "2") return listObjects;
      throw new S3Error("NotImplemented", "This storage lists objects with list-type=2 only");
    case "POST":
      return hasQuery(request, "delete") ? deleteObjects : undefined;
    case "PUT":
      throw new S3Error("BucketAlreadyOwnedByYou");
  }
}

function objectOperation(request: S3Request): Operation | undefined {
  const isOfUpload = hasQuery(request, "uploadId");
  switch (request.method) {
    case "HEAD":
    case "GET":
      if (isOfUpload) return listParts;
      if (hasQuery(request, "partNumber")) throw new S3Error("NotImplemented", "This storage reads ranges, not parts");
      return readObject;
    case "PUT":
      if (isOfUpload !== hasQuery(request, "partNumber")) {
        throw new S3Error("InvalidArgument", "A part is uploaded with both partNumber and uploadId");
      }
      return isOfUpload ? uploadPart : putObject;
    case "POST":
      if (hasQuery(request, "uploads")) return createMultipartUpload;
      return isOfUpload ? completeMultipartUpload : undefined;
    case "DELETE":
      return isOfUpload ? abortMultipartUpload : deleteObject;
  }
}
