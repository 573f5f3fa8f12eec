/**
 * Whether a request may use the cookie that came with it. A page of another site can make a browser send our cookie along;
 * browsers then say so in `Sec-Fetch-Site` or `Origin`, which scripts cannot set. Requests without a cookie carry nothing to abuse, unless they ask for one.
 * @param ownOrigins origins that are this site, besides the host that the request names.
 */
export function mayUseCookie(request: Request, ownOrigins: readonly string[]): boolean {
  if (request.method === "GET" || request.method === "HEAD" || request.method === "OPTIONS") return true;
  // Signing in needs no cookie and sets one: a form of another site could put a new account in the place of a volunteer's.
  const setsCookie = new URL(request.url).pathname.startsWith("/api/auth/");
  if (!request.headers.has("cookie") && !setsCookie) return true;
  const origin = request.headers.get("origin");
  // A site behind a proxy that rewrites Host is known by its base URL.
  if (origin !== null && ownOrigins.includes(origin)) return true;
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  // Neither header: not a browser of this decade.
  return origin === null || hostOf(origin) === request.headers.get("host");
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
