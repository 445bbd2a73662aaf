export type Mail = {
  /** With its angle brackets. A message keeps it when it is sent again, so that mailboxes can tell. */
  messageId: string;
  from: { name: string; address: string };
  to: string;
  replyTo: string | null;
  subject: string;
  html: string;
  text: string;
};
