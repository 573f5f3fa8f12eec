import type { ReactNode } from "react";
import styles from "./study-grid.module.css";

/** Lays study cards side by side, as many as fit. */
export function StudyGrid({ children }: { children: ReactNode }) {
  return <div className={styles.grid}>{children}</div>;
}
