import { createHash, randomBytes } from "node:crypto";

/** A fencing token: 256 random bits. Only its hash is stored, so that a copy of the database grants nothing. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored and compared. A token is as random as its hash, so no salt and no slow hash. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
