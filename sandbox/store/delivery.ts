export type Attempt = {
  /** what the app answered; null when it did not within 5 s, or could not be reached */
  status: number | null;
  ms: number;
  at: string;
  /** why there is no status */
  error?: string;
};

/** One webhook as sent, or about to be. `body` is the text that was signed. */
export type Delivery = {
  webhookId: string;
  eventId: string;
  topic: string;
  shop: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  createdAt: string;
  attempts: Attempt[];
  /** rounds of the retry schedule that are used up */
  retries: number;
  state: "pending" | "delivered" | "failed" | "dropped";
  /** when a retry, or a delivery held back, is due */
  nextAttemptAt: string | null;
};

export type WebhookReport = { webhookId: string; topic: string; attempts: Attempt[] };
