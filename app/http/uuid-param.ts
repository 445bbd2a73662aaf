import type { Params } from "@remix-run/react";
import { z } from "zod";

/**
 * An id from a URL.
 *
 * @throws a Response, 404, when it is none: whatever it names cannot be there.
 */
export function uuidParam(params: Params, name: string): string {
  const parsed = z.uuid().safeParse(params[name]);
  if (!parsed.success) throw notFound();
  return parsed.data;
}

/** What a page of something that is not there, or is another shop's, answers. */
export function notFound(): Response {
  return new Response("Not found", { status: 404 });
}
