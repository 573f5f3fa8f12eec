import styles from "./code.module.css";
import { CopyButton } from "./copy-button.tsx";

/** Text to take away, with a button that copies it. */
export function CodeBlock({ label, text }: { label: string; text: string }) {
  return (
    <figure className={styles.block}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <div role="group" tabIndex={0} aria-label={label} className={styles.scroll}>
        <pre>
          <code>{text}</code>
        </pre>
      </div>
      <div className={styles.copy}>
        <CopyButton text={text} label={label} />
      </div>
    </figure>
  );
}
