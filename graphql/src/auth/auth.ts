import type { Database } from "@widefield/prisma/open-database";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { anonymous } from "better-auth/plugins/anonymous";
import { bearer } from "better-auth/plugins/bearer";
import type { Logger } from "pino";
import { sessionSeconds } from "./session-length.ts";
import { volunteerName } from "./volunteer-name.ts";

export interface AuthOptions {
  readonly database: Database;
  /** Signs cookies and tokens; 32 characters at least. Another secret signs everybody out of their browsers. */
  readonly secret: string;
  /** The site's own address, without a path. */
  readonly baseUrl: string;
  readonly logger: Logger;
}

/** Paths under /api/auth that are served; better-auth's others (renaming, deleting, …) would go round our own rules. */
const served = new Set(["/sign-in/anonymous", "/sign-out", "/get-session", "/list-sessions", "/revoke-session", "/ok"]);

/**
 * Accounts: better-auth on the tables of Volunteer, Session, Credential and Verification.
 * `POST /api/auth/sign-in/anonymous` makes an account at once and answers its token, in the header `set-auth-token` and as a cookie.
 * Nothing about the caller's address or browser is stored.
 */
export function createAuth({
  database,
  secret,
  baseUrl,
  logger,
}: AuthOptions): (request: Request) => Promise<Response> {
  const auth = betterAuth({
    appName: "Widefield",
    secret,
    baseURL: baseUrl,
    basePath: "/api/auth",
    database: prismaAdapter(database.prisma, { provider: "postgresql", transaction: false }),
    user: {
      modelName: "volunteer",
      additionalFields: { trusted: { type: "boolean", required: false, defaultValue: false, input: false } },
    },
    session: { modelName: "session", expiresIn: sessionSeconds, updateAge: sessionSeconds / 2 },
    account: { modelName: "credential" },
    verification: { modelName: "verification" },
    advanced: {
      // Ids are UUIDs of version 7, from the Prisma schema's default.
      database: { generateId: false },
      cookiePrefix: "widefield",
      useSecureCookies: baseUrl.startsWith("https:"),
      ipAddress: { disableIpTracking: true },
      // http/same-origin.ts has looked at every request with a cookie before it comes here.
      disableCSRFCheck: true,
    },
    databaseHooks: {
      session: { create: { before: async (session) => ({ data: { ...session, ipAddress: null, userAgent: null } }) } },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    plugins: [anonymous({ generateName: () => volunteerName(), disableDeleteAnonymousUser: true }), bearer()],
    logger: {
      level: "warn",
      log: (level, message) =>
        level === "error" ? logger.error({ auth: true }, message) : logger.warn({ auth: true }, message),
    },
  });
  return async (request) => {
    const path = new URL(request.url).pathname.replace(/^\/api\/auth/, "").replace(/\/$/, "");
    if (!served.has(path)) return Response.json({ message: "There is nothing at this address." }, { status: 404 });
    return auth.handler(request);
  };
}
