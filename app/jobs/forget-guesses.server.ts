import { forgetGuesses } from "~/domain/guess/forget-guesses.server";

export function runForgetGuesses() {
  return forgetGuesses(new Date());
}
