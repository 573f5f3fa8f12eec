import type { Page } from "playwright-core";

/**
 * Presses Tab until the control with this accessible name has the focus, as somebody without a mouse would.
 * @throws Error when it cannot be reached, with the names that were passed.
 */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press("Tab");
    const focused = await focusedName(page);
    if (typeof name === "string" ? focused === name : name.test(focused)) return;
    passed.push(focused);
  }
  throw new Error(`Tab never reached “${String(name)}”. It passed: ${[...new Set(passed)].join(" | ")}`);
}

/** Replaces the text of the focused input. */
export async function retype(page: Page, text: string): Promise<void> {
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
}

/** What a screen reader calls the focused element: its label, or its text. */
function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return "";
    const label = element.getAttribute("aria-label");
    if (label) return label;
    if ("labels" in element && element.labels instanceof NodeList && element.labels[0] instanceof HTMLElement) {
      return element.labels[0].innerText.trim();
    }
    if (element === document.body || element.id === "content") return "";
    return element.innerText.trim().replaceAll(/\s+/g, " ");
  });
}
