import type { ReactNode } from "react";

/** A text of any length and direction that breaks where it must: in a table's cell, none pushes a column out of sight. */
export function Wrapping({ children }: { children: ReactNode }) {
  return <bdi style={{ whiteSpace: "normal", overflowWrap: "anywhere" }}>{children}</bdi>;
}
