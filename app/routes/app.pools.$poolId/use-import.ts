import { useRevalidator } from "@remix-run/react";
import { useEffect, useState } from "react";
import { findImport, type Import } from "./import-calls";

const POLL_MS = 1_000;
const AT_WORK = new Set<Import["state"]>(["checking", "importing"]);

/**
 * An import, read anew every second while a job works on it. When that ends the page's data is read anew, too.
 *
 * @returns null until it is known
 */
export function useImport(importId: string | null) {
  const [found, setFound] = useState<Import | null>(null);
  const [turn, setTurn] = useState(0);
  const { revalidate } = useRevalidator();
  const shown = found?.id === importId ? found : null;
  const isKnown = shown !== null;
  const isAtWork = shown !== null && AT_WORK.has(shown.state);
  const isDone = shown?.state === "done";

  useEffect(() => {
    if (importId === null) return;
    let isCurrent = true;
    const read = () =>
      findImport(importId).then(
        (read) => isCurrent && setFound(read),
        () => {}, // the next second may be better
      );
    void read();
    const timer = isAtWork || !isKnown ? setInterval(() => void read(), POLL_MS) : undefined;
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [importId, isAtWork, isKnown, turn]);

  useEffect(() => {
    if (isDone) revalidate();
  }, [isDone, revalidate]);

  return { found: shown, readAgain: () => setTurn((before) => before + 1) };
}
