"use client";

import { useSyncExternalStore } from "react";
import { THEME_KEY } from "./theme-script.tsx";
import styles from "./theme-toggle.module.css";

type Theme = "system" | "light" | "dark";
const next: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const names: Record<Theme, string> = { system: "as the system", light: "light", dark: "dark" };

function read(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "light" || chosen === "dark" ? chosen : "system";
}

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}

function choose(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem(THEME_KEY);
    else localStorage.setItem(THEME_KEY, theme);
  } catch {
    // Storage may be forbidden; the choice then lasts for this page.
  }
}

/** Goes round system, light, dark. */
export function ThemeToggle() {
  const theme = useSyncExternalStore(subscribe, read, (): Theme => "system");
  const label = `Colours: ${names[theme]}. Change to ${names[next[theme]]}.`;
  return (
    <button
      type="button"
      className={styles.toggle}
      onClick={() => choose(next[theme])}
      aria-label={label}
      title={label}
    >
      <svg
        viewBox="0 0 20 20"
        width="18"
        height="18"
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      >
        {theme === "dark" ? (
          <path d="M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7Z" strokeLinejoin="round" />
        ) : theme === "light" ? (
          <>
            <circle cx="10" cy="10" r="3.4" />
            <path
              d="M10 2v2M10 16v2M2 10h2M16 10h2M4.4 4.4l1.4 1.4M14.2 14.2l1.4 1.4M4.4 15.6l1.4-1.4M14.2 5.8l1.4-1.4"
              strokeLinecap="round"
            />
          </>
        ) : (
          <>
            <circle cx="10" cy="10" r="6.8" />
            <path d="M10 3.2a6.8 6.8 0 0 1 0 13.6Z" fill="currentColor" stroke="none" />
          </>
        )}
      </svg>
    </button>
  );
}
