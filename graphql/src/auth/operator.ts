import { randomBytes } from "node:crypto";
import type { Database } from "@widefield/prisma/open-database";
import { sessionSeconds } from "./session-length.ts";

/** Not an address that mail can reach (RFC 2606); it marks the one operator's account of a database. */
const operatorEmail = "operator@widefield.invalid";

export interface Operator {
  readonly volunteerId: string;
  /** Bearer token of a session. Secret: who has it computes trusted results and manages every study. */
  readonly token: string;
}

/**
 * The operator's own trusted account, made when there is none, with the token of a live session.
 * Calling it again, or from two processes at once, gives the same account. Meant for the start command, not for the API.
 */
export async function ensureOperator({ prisma }: Database, name = "Operator", now = new Date()): Promise<Operator> {
  const { id } = await prisma.volunteer.upsert({
    where: { email: operatorEmail },
    create: { email: operatorEmail, name, isAnonymous: false, trusted: true },
    update: { trusted: true },
  });
  const halfLife = new Date(now.getTime() + (sessionSeconds * 1000) / 2);
  const live = await prisma.session.findFirst({
    where: { userId: id, expiresAt: { gt: halfLife } },
    orderBy: { expiresAt: "desc" },
  });
  if (live) return { volunteerId: id, token: live.token };
  const { token } = await prisma.session.create({
    data: {
      userId: id,
      token: randomBytes(24).toString("base64url"),
      expiresAt: new Date(now.getTime() + sessionSeconds * 1000),
    },
  });
  return { volunteerId: id, token };
}
