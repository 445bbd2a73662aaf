import { useState } from "react";
import type { FormErrors } from "~/http/form";

/** What an input needs of one field. */
export type EditedField = {
  name: string;
  value: string;
  error: string | undefined;
  disabled: boolean;
  onChange: (value: string) => void;
};

export type FieldOf<Name extends string> = (name: Name) => EditedField;

type Answered = {
  /** What the last answer found wrong. */
  errors: FormErrors | undefined;
  isSaving: boolean;
};

/** A form's fields as saved, and over them what a person changed; what was wrong with a field is told until it is. */
export function useEdits<Name extends string>(saved: Record<Name, string>, { errors, isSaving }: Answered) {
  const [edits, setEdits] = useState<Partial<Record<Name, string>>>({});
  const [editedSinceAnswer, setEditedSinceAnswer] = useState<Name[]>([]);
  const fields: Record<Name, string> = { ...saved, ...edits };
  const names = Object.keys(saved) as Name[];
  const field: FieldOf<Name> = (name) => ({
    name,
    value: fields[name],
    error: isSaving || editedSinceAnswer.includes(name) ? undefined : errors?.[name]?.[0],
    disabled: isSaving,
    onChange: (value) => {
      setEdits((current) => ({ ...current, [name]: value }));
      setEditedSinceAnswer((current) => [...current, name]);
    },
  });

  return {
    fields,
    field,
    isDirty: names.some((name) => fields[name].trim() !== saved[name]),
    /** To call when they are sent. @returns them without space around */
    send(): Record<Name, string> {
      const trimmed = Object.fromEntries(names.map((name) => [name, fields[name].trim()])) as Record<Name, string>;
      setEdits(trimmed);
      setEditedSinceAnswer([]);
      return trimmed;
    },
    discard() {
      setEdits({});
      setEditedSinceAnswer(names);
    },
  };
}
