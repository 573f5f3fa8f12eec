import type { Page } from "playwright-core";
import { retype, tabTo } from "./keyboard.ts";

/** Fills in the form for twelve tiny trials by keyboard alone, up to the button that reviews it. The page is at `/new`. */
export async function fillByKeyboard(page: Page, title: string): Promise<void> {
  await tabTo(page, "Title");
  await page.keyboard.type(title);
  await tabTo(page, "Question");
  await page.keyboard.type("Do three widths suffice?");
  // A new form compares three parametrizations along a ladder of widths: two of them stay.
  await tabTo(page, "NTP");
  await page.keyboard.press("Space");
  await tabTo(page, "Width: from");
  await retype(page, "8");
  await tabTo(page, "Width: to");
  await retype(page, "32");
  await tabTo(page, "Learning rate: value");
  await retype(page, "0.5");
  await tabTo(page, /^\d+ more params/);
  await page.keyboard.press("Enter");
  await tabTo(page, "Steps: value");
  await retype(page, "3");
  await tabTo(page, "Dataset: value");
  await page.keyboard.type("gaussian");
  await tabTo(page, "Seeds");
  await retype(page, "2");
}
