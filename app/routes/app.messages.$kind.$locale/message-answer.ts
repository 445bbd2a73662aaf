import type { TemplateMistake } from "~/domain/delivery/template";
import type { ComposedMail } from "~/emails/compose-mail";
import type { FormErrors } from "~/http/form";

export type MessageFields = { subject: string; body: string };

/** What the editor is answered. */
export type MessageAnswer =
  | { kind: "saved"; template: MessageFields; message: string }
  | { kind: "tested"; message: string }
  | { kind: "previewed"; mail: ComposedMail }
  | { kind: "mistaken"; mistake: TemplateMistake }
  | { kind: "refused"; errors: FormErrors };
