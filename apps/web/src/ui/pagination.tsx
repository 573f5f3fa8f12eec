import { ButtonLink } from "./button.tsx";
import styles from "./pagination.module.css";

interface PaginationProps {
  /** What is paged, for screen readers: "Studies". */
  readonly label: string;
  /** "1 to 20 of 143", or the total alone. */
  readonly summary: string;
  /** Null where there is no such page. */
  readonly previous: string | null;
  readonly next: string | null;
}

/** Moves along a keyset: there are only neighbours, no page numbers. */
export function Pagination({ label, summary, previous, next }: PaginationProps) {
  return (
    <nav aria-label={`${label}: pages`} className={styles.pagination}>
      <span>{summary}</span>
      <span className={styles.links}>
        {previous ? (
          <ButtonLink href={previous} size="small" rel="prev" scroll={false}>
            ← Previous
          </ButtonLink>
        ) : null}
        {next ? (
          <ButtonLink href={next} size="small" rel="next" scroll={false}>
            Next →
          </ButtonLink>
        ) : null}
      </span>
    </nav>
  );
}
