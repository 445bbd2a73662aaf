/** Something that can be attached. */
export type ThingChoice =
  | { kind: "file"; id: string; title: string; fileName: string | null; sizeBytes: number | null }
  | { kind: "link"; id: string; title: string; url: string }
  | { kind: "keys"; id: string; title: string; available: number };

export type Choices = {
  /** What was searched for. */
  search: string;
  things: ThingChoice[];
  /** Whether searching more narrowly would show others. */
  hasMore: boolean;
};

/** What attaching answers. */
export type AttachAnswer = { added: number; error: null } | { added: null; error: string };
