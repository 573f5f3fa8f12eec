"use client";

import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import styles from "./nav-link.module.css";

/** A link of the main navigation that knows when it is current. `plain` leaves the router out, for addresses that are rewritten by header. */
export function NavLink({ href, plain = false, children }: { href: string; plain?: boolean; children: ReactNode }) {
  const path = usePathname();
  const current = path === href || path.startsWith(`${href}/`) || (href === "/api/graphql" && path === "/graphiql");
  const props = { className: styles.link, ...(current && { "aria-current": "page" as const }) };
  return plain ? (
    <a href={href} {...props}>
      {children}
    </a>
  ) : (
    <Link href={href} {...props}>
      {children}
      <Pending />
    </Link>
  );
}

/** Shows that the page is on its way, where that takes long enough to be noticed. */
function Pending() {
  const { pending } = useLinkStatus();
  return <span className={styles.pending} data-pending={pending} aria-hidden="true" />;
}
