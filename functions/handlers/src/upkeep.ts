import { timingSafeEqual } from "node:crypto";
import { upkeepFromEnv } from "@widefield/graphql/http/upkeep-from-env";
import { failureResponse } from "./http-handler.ts";

/** What the schedule of AWS EventBridge (or any caller of a function) runs; its answer goes to the log. Throws, so that a failing run is seen and retried. */
export async function handler(): Promise<Awaited<ReturnType<typeof upkeepFromEnv>>> {
  const report = await upkeepFromEnv();
  console.log(JSON.stringify({ level: "info", msg: "upkeep", ...report }));
  return report;
}

/** The same for schedules that call an address (Vercel's): with `Authorization: Bearer $CRON_SECRET`. Running it does no harm; the secret spares the database. */
export async function GET(request: Request): Promise<Response> {
  const secret = process.env.CRON_SECRET ?? "";
  if (secret === "") return failureResponse(503, "CRON_SECRET is not set.");
  if (!sameText(request.headers.get("authorization") ?? "", `Bearer ${secret}`)) {
    return failureResponse(401, "The schedule's secret is wrong or missing.");
  }
  try {
    return Response.json(await handler(), { headers: { "cache-control": "no-store" } });
  } catch (error) {
    console.error(error);
    return failureResponse(500, "The upkeep failed. The function's log says why.");
  }
}

function sameText(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
