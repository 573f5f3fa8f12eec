import type { ComponentProps } from "react";
import styles from "./field.module.css";

function classOf(...names: (string | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}

/** One line of text or a number. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={classOf(styles.input, className)} {...rest} />;
}

/** Several lines of text. */
export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={classOf(styles.input, className)} {...rest} />;
}

/** A choice among a few; children are option elements. */
export function Select({ className, ...rest }: ComponentProps<"select">) {
  return <select className={classOf(styles.input, styles.select, className)} {...rest} />;
}

/** A yes or no, with its label beside it. */
export function Checkbox({ children, className, ...rest }: ComponentProps<"input">) {
  return (
    <label className={classOf(styles.check, className)}>
      <input type="checkbox" {...rest} />
      <span>{children}</span>
    </label>
  );
}
