import Link from "next/link";
import { ThemeToggle } from "../theme/theme-toggle.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { NavLink } from "./nav-link.tsx";
import styles from "./site-header.module.css";
import { Wordmark } from "./wordmark.tsx";

/** The top of every page. */
export function SiteHeader() {
  return (
    <header className={styles.header}>
      <div className={styles.inner}>
        <Link href="/" className={styles.home} aria-label="Widefield, home">
          <Wordmark />
        </Link>
        <nav aria-label="Main" className={styles.nav}>
          <NavLink href="/studies">Studies</NavLink>
          <NavLink href="/volunteer">Volunteer</NavLink>
          <NavLink href="/hosts">Hosts</NavLink>
          <NavLink href="/about">About</NavLink>
          <NavLink href="/api/graphql" plain>
            API
          </NavLink>
        </nav>
        <div className={styles.side}>
          <ThemeToggle />
          <ButtonLink href="/new" size="small" className={styles.publish ?? ""}>
            New study
          </ButtonLink>
        </div>
      </div>
    </header>
  );
}
