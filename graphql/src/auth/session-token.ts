import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * The session token that a request presents, as better-auth hands it out: as `Authorization: Bearer <token>` or in its cookie.
 * Signed tokens (`token.signature`) are checked; a bare token is itself a secret of 190 bits.
 * @returns null when there is none, or when its signature is wrong.
 */
export function sessionToken(headers: Headers, secret: string): string | null {
  const authorization = headers.get("authorization");
  if (authorization !== null) {
    const bearer = /^bearer +([^\s]+) *$/i.exec(authorization)?.[1];
    return bearer ? verified(decode(bearer), secret, false) : null;
  }
  const cookie = /(?:^|;\s*)(?:__Secure-)?widefield\.session_token=([^;]+)/.exec(headers.get("cookie") ?? "")?.[1];
  return cookie ? verified(decode(cookie), secret, true) : null;
}

function verified(value: string, secret: string, mustBeSigned: boolean): string | null {
  const [token, signature, ...rest] = value.split(".");
  if (!token || !/^[\w-]{16,128}$/.test(token) || rest.length > 0) return null;
  if (signature === undefined) return mustBeSigned ? null : token;
  const expected = createHmac("sha256", secret).update(token).digest();
  // base64 or base64url: Node reads both.
  const given = Buffer.from(signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
