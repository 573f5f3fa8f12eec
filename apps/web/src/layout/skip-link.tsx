import styles from "./skip-link.module.css";

/** The first thing that Tab reaches: past the navigation, to the content. */
export function SkipLink() {
  return (
    <a href="#content" className={styles.skip}>
      Skip to the content
    </a>
  );
}
