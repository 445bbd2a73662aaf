import { announceVersion } from "~/domain/delivery/announce-version.server";
import type { JobPayload } from "./jobs";

export function runAnnounceVersion({ versionId }: JobPayload<"announce_version">) {
  return announceVersion(versionId, new Date());
}
