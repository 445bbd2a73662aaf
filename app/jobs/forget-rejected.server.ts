import { forgetRejected } from "~/domain/webhook/forget-rejected.server";

export function runForgetRejected() {
  return forgetRejected(new Date());
}
