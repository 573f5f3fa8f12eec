import type { ApiContext } from "../context.ts";
import { errorResponse } from "../http/error-response.ts";

export async function studyDownload(
  request: Request,
  _path: readonly string[],
  _context: ApiContext,
): Promise<Response> {
  return errorResponse(404, "later", request);
}
