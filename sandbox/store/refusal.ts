/** A request that Shopify would refuse; `message` is for the person who made it. */
export class StoreRefusal extends Error {
  readonly status: 400 | 404 | 409 | 422 | 502;
  readonly code: string;

  constructor(status: StoreRefusal["status"], code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function refuse(status: StoreRefusal["status"], code: string, message: string): never {
  throw new StoreRefusal(status, code, message);
}
