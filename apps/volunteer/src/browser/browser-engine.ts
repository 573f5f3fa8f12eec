/** The browser's engine and major version from its user-agent string: `chromium-156`, `firefox-150`, `safari-26`. */
export function browserEngine(userAgent: string): string {
  const found = [
    ["chromium", /(?:Chrome|Chromium|HeadlessChrome)\/(\d+)/],
    ["firefox", /Firefox\/(\d+)/],
    ["safari", /Version\/(\d+)[\d.]* .*Safari\//],
  ] as const;
  for (const [name, pattern] of found) {
    const version = pattern.exec(userAgent)?.[1];
    if (version !== undefined) return `${name}-${version}`;
  }
  return "browser";
}
