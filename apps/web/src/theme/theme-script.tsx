/** Where the reader's choice is kept; absent means that the system decides. */
export const THEME_KEY = "widefield-theme";

const script = `try{var t=localStorage.getItem(${JSON.stringify(THEME_KEY)});if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch{}`;

/** Sets the chosen theme before the first paint, so that a dark page never flashes white. */
export function ThemeScript() {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of this file
  return <script dangerouslySetInnerHTML={{ __html: script }} />;
}
