import type { Volunteer } from "@widefield/prisma/client";
import type { Database } from "@widefield/prisma/open-database";
import { sessionSeconds } from "./session-length.ts";

/**
 * Whose session this is, in one statement; null for an unknown or expired token.
 * A session in use is prolonged once half of its life is over, so that a volunteer who keeps coming never loses the account.
 */
export async function findViewer(database: Database, token: string, now: Date): Promise<Volunteer | null> {
  const { rows } = await database.pool.query<Volunteer & { expiresAt: Date }>(lookup, [token, now]);
  const [row] = rows;
  if (!row) return null;
  const { expiresAt, ...volunteer } = row;
  if (expiresAt.getTime() - now.getTime() < (sessionSeconds * 1000) / 2) {
    await database.prisma.session.updateMany({
      where: { token },
      data: { expiresAt: new Date(now.getTime() + sessionSeconds * 1000) },
    });
  }
  return volunteer;
}

const lookup = `
  SELECT v.id, v.name, v.email, v.email_verified AS "emailVerified", v.image, v.is_anonymous AS "isAnonymous", v.trusted,
    v.created_at AS "createdAt", v.updated_at AS "updatedAt", s.expires_at AS "expiresAt"
  FROM sessions s JOIN volunteers v ON v.id = s.user_id
  WHERE s.token = $1 AND s.expires_at > $2`;
