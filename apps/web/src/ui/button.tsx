import Link from "next/link";
import type { ComponentProps } from "react";
import styles from "./button.module.css";

interface Look {
  /** One primary per view; danger for what cannot be taken back. */
  readonly variant?: "primary" | "secondary" | "quiet" | "danger";
  readonly size?: "small" | "medium" | "large";
}

function classOf({ variant = "secondary", size = "medium" }: Look, extra?: string): string {
  return [styles.button, styles[variant], size === "medium" ? "" : styles[size], extra].filter(Boolean).join(" ");
}

/** Does something here. For going somewhere, use ButtonLink. */
export function Button({ variant, size, className, type = "button", ...rest }: ComponentProps<"button"> & Look) {
  return (
    <button
      type={type}
      className={classOf({ ...(variant && { variant }), ...(size && { size }) }, className)}
      {...rest}
    />
  );
}

/** A link that looks like a button. */
export function ButtonLink({ variant, size, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link className={classOf({ ...(variant && { variant }), ...(size && { size }) }, className)} {...rest} />;
}
