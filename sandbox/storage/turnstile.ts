/** Lets changes through one at a time, in the order they came, so that each sees the one before it done. */
export class Turnstile {
  private last: Promise<unknown> = Promise.resolve();

  pass<Result>(change: () => Promise<Result>): Promise<Result> {
    const result = this.last.then(change);
    this.last = result.catch(() => undefined);
    return result;
  }
}
