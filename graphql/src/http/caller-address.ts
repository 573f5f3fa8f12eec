import { createHmac } from "node:crypto";
import { isIP } from "node:net";

/**
 * How many proxies in front of this server may be believed (`WIDEFIELD_TRUSTED_PROXY`); 0: none.
 * Each appends the address that it was called from to `X-Forwarded-For`, so the caller's own stands that many places from the right;
 * what stands further left, the caller wrote itself.
 */
export type TrustedProxies = number;

/** The caller's address as far as it can be believed; null when unknown. */
export function callerAddress(headers: Headers, peer: string | undefined, proxies: TrustedProxies): string | null {
  if (proxies <= 0) return normalized(peer);
  const chain = (headers.get("x-forwarded-for") ?? "").split(",").map((part) => part.trim());
  return normalized(chain[chain.length - proxies]) ?? normalized(peer);
}

/**
 * Keyed hash of the network that an address belongs to (an IPv4 address, or the /64 of an IPv6 one): the same network never
 * supplies two replicas of one quorum. Null for loopback alone, which the rule lets pass. All whose address is unknown are one network:
 * where no proxy is declared anybody could else outvote the rest with two accounts.
 */
export function networkHash(address: string | null, secret: string): string | null {
  if (address !== null && isLoopback(address)) return null;
  const network = address === null ? "unknown" : isIP(address) === 6 ? prefix64(address) : address;
  return createHmac("sha256", secret).update(`network ${network}`).digest("hex").slice(0, 32);
}

function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

/** Without zone, port and the IPv4-in-IPv6 prefix; null for what is no address. */
function normalized(text: string | undefined): string | null {
  if (!text) return null;
  const bare = text
    .replace(/^\[(.*)\](:\d+)?$/, "$1")
    .replace(/%.*$/, "")
    .replace(/^::ffff:(?=\d+\.)/i, "")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1")
    .toLowerCase();
  return isIP(bare) === 0 ? null : bare;
}

function prefix64(address: string): string {
  return expandIpv6(address).slice(0, 4).join(":");
}

/** The eight groups of an IPv6 address. */
function expandIpv6(address: string): string[] {
  const [head = "", tail] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = !tail ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array.from({ length: zeros }, () => "0"), ...right].map((group) => group.replace(/^0+(?=.)/, ""));
}
