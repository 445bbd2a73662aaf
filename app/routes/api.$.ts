import { apiError } from "~/http/api/answer-api.server";

/** Whatever the API does not know, answered as the API answers. */
export function loader() {
  return apiError(404, "unknown_call", "There is no such call. The document of all calls is at /api/openapi.json.");
}

export const action = loader;
