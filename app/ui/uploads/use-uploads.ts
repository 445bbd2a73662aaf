import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useSyncExternalStore } from "react";
import type { Upload } from "./upload";
import { currentUploads, subscribe } from "./upload-store";

const none: readonly Upload[] = [];

/** The uploads of this window, wherever they were begun. */
function useUploads(): readonly Upload[] {
  return useSyncExternalStore(subscribe, currentUploads, () => none);
}

/** The same; and the page's data is read anew whenever one of them is done. */
export function useUploadsAndTheirResults(): readonly Upload[] {
  const uploads = useUploads();
  const { revalidate } = useRevalidator();
  const doneIds = uploads
    .filter(({ status }) => status === "done")
    .map(({ id }) => id)
    .join();
  const seen = useRef(doneIds);

  useEffect(() => {
    if (doneIds === seen.current) return;
    seen.current = doneIds;
    revalidate();
  }, [doneIds, revalidate]);

  return uploads;
}
