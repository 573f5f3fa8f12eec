import Link from "next/link";
import styles from "./site-footer.module.css";

/** The bottom of every page: what may be done with the data, and where the machinery can be looked at. */
export function SiteFooter() {
  return (
    <footer className={styles.footer}>
      <div className={styles.inner}>
        <p className={styles.statement}>
          Results are free to use under{" "}
          <a href="https://creativecommons.org/licenses/by/4.0/" rel="license">
            CC BY 4.0
          </a>{" "}
          unless a study says otherwise. The software is under the MIT licence.
        </p>
        <nav aria-label="Footer" className={styles.links}>
          <Link href="/about">How it works</Link>
          <Link href="/about#privacy">Privacy</Link>
          <Link href="/contributors">Contributors</Link>
          <a href="/api/graphql">GraphQL API</a>
          <a href="/api/health">Health</a>
        </nav>
      </div>
    </footer>
  );
}
