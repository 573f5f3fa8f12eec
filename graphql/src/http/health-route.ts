import { databaseHealth } from "@widefield/prisma/database-health";
import type { Database } from "@widefield/prisma/open-database";
import { errorResponse } from "./error-response.ts";

/** `/api/health`: 200 when the database answers, else 503. For load balancers, the start command and people. */
export async function healthRoute(database: Database, request: Request): Promise<Response> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return errorResponse(405, "Ask for health by GET.", request, { allow: "GET, HEAD" });
  }
  const health = await databaseHealth(database);
  const body = health.ok
    ? { status: "ok", database: { ok: true, latencyMs: Math.round(health.latencyMs * 10) / 10 } }
    : { status: "unavailable", database: { ok: false, reason: health.reason } };
  return Response.json(body, { status: health.ok ? 200 : 503, headers: { "cache-control": "no-store" } });
}
