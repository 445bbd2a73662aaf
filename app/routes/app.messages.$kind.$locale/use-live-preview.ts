import { useFetcher } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import type { TemplateMistake } from "~/domain/delivery/template";
import type { ComposedMail, ComposeMailResult } from "~/emails/compose-mail";
import type { MessageAnswer, MessageFields } from "./message-answer";

const AFTER_TYPING_MS = 400;

type LivePreview = {
  /** The last one that could be made. */
  mail: ComposedMail | null;
  mistake: TemplateMistake | null;
  /** A newer one is being made. */
  isStale: boolean;
};

/** The message as it is typed, a moment after the last key. */
export function useLivePreview(
  { subject, body }: MessageFields,
  orderId: string,
  first: ComposeMailResult,
  isDirty: boolean,
): LivePreview {
  const fetcher = useFetcher<MessageAnswer>();
  const [good, setGood] = useState(first.kind === "composed" ? first.mail : null);
  const { data, state, submit } = fetcher;
  const [previewed, setPreviewed] = useState(data);
  const isFirst = useRef(true);

  if (data !== previewed) {
    setPreviewed(data);
    if (data?.kind === "previewed") setGood(data.mail);
  }

  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    const timer = setTimeout(
      () => submit({ intent: "preview", subject, body, orderId }, { method: "post" }),
      AFTER_TYPING_MS,
    );
    return () => clearTimeout(timer);
  }, [subject, body, orderId, submit]);

  const firstMistake = first.kind === "mistaken" && !isDirty ? first.mistake : null;
  return {
    mail: good,
    mistake: data?.kind === "mistaken" ? data.mistake : data ? null : firstMistake,
    isStale: state !== "idle",
  };
}
