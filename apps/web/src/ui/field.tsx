import type { ReactNode } from "react";
import styles from "./field.module.css";

interface FieldProps {
  /** The id of the control inside. */
  readonly id: string;
  readonly label: string;
  readonly unit?: string | undefined;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly children: ReactNode;
}

/** What a control inside a Field needs so that its hint and its error are read out with it. */
export function describedBy(id: string, { hint, error }: { hint?: ReactNode; error?: string | undefined }) {
  const ids = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return { ...(ids && { "aria-describedby": ids }), ...(error && { "aria-invalid": true as const }) };
}

/** A label, a control, and what helps or went wrong. Give the control `describedBy(id, …)`. */
export function Field({ id, label, unit, hint, error, children }: FieldProps) {
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
        {unit ? <span className={styles.unit}>{unit}</span> : null}
      </label>
      {children}
      {hint ? (
        <div id={`${id}-hint`} className={styles.hint}>
          {hint}
        </div>
      ) : null}
      {error ? (
        <div id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </div>
      ) : null}
    </div>
  );
}
