import type { ReactNode } from "react";
import styles from "./page.module.css";

/** Centres a page's content; `narrow` for running text. */
export function Page({ narrow = false, children }: { narrow?: boolean; children: ReactNode }) {
  return <div className={narrow ? `${styles.page} ${styles.narrow}` : styles.page}>{children}</div>;
}

interface PageHeadProps {
  readonly title: string;
  /** A few words above the title. */
  readonly eyebrow?: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
}

/** The one h1 of a page, with what it is about. */
export function PageHead({ title, eyebrow, lead, actions }: PageHeadProps) {
  return (
    <div className={styles.head}>
      <div className={styles.words}>
        {eyebrow ? <div className={styles.eyebrow}>{eyebrow}</div> : null}
        <h1>{title}</h1>
        {lead ? <div className={styles.lead}>{lead}</div> : null}
      </div>
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </div>
  );
}

/** A titled part of a page. The id makes it a link target. */
export function Section({ id, title, lead, actions, children }: PageSectionProps) {
  return (
    <section className={styles.section} aria-labelledby={`${id}-title`} id={id}>
      <div className={styles.sectionHead}>
        <div>
          {/* May be given the focus by what leads here; Tab does not stop at it. */}
          <h2 id={`${id}-title`} className={styles.sectionTitle} tabIndex={-1}>
            {title}
          </h2>
          {lead ? <div className={styles.sectionLead}>{lead}</div> : null}
        </div>
        {actions ? <div className={styles.actions}>{actions}</div> : null}
      </div>
      {children}
    </section>
  );
}

interface PageSectionProps {
  readonly id: string;
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}
