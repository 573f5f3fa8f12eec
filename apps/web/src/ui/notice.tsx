import type { ReactNode } from "react";
import styles from "./notice.module.css";

interface NoticeProps {
  readonly title: string;
  /** What it means and what to do. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** Something that the reader should know, in place. */
export function Notice({
  tone = "accent",
  title,
  children,
  actions,
}: NoticeProps & { tone?: "accent" | "good" | "warn" | "bad" }) {
  return (
    <div className={`${styles.notice} ${styles[tone]}`} role={tone === "bad" ? "alert" : "note"}>
      <p className={styles.title}>{title}</p>
      {children ? <div className={styles.body}>{children}</div> : null}
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </div>
  );
}

/** Something went wrong: what, and what to do. */
export function ErrorNotice(props: NoticeProps) {
  return <Notice tone="bad" {...props} />;
}

/** Nothing here yet, and how to change that. */
export function EmptyState({ title, children, actions }: NoticeProps) {
  return (
    <div className={styles.empty}>
      <h2>{title}</h2>
      {children ? <div className={styles.body}>{children}</div> : null}
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </div>
  );
}
