import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { SiteFooter } from "../layout/site-footer.tsx";
import { SiteHeader } from "../layout/site-header.tsx";
import { SkipLink } from "../layout/skip-link.tsx";
import "../theme/base.css";
import { ThemeScript } from "../theme/theme-script.tsx";

export const metadata: Metadata = {
  title: { default: "Widefield: a commons for experiments about width", template: "%s · Widefield" },
  description:
    "Researchers publish studies of how neural networks change with width, volunteers' browsers compute them, and everybody may read, plot and cite the results.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fdfdfb" },
    { media: "(prefers-color-scheme: dark)", color: "#0f1416" },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The theme script sets an attribute before React wakes.
    <html lang="en" suppressHydrationWarning>
      <head>
        <ThemeScript />
      </head>
      <body>
        <SkipLink />
        <SiteHeader />
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        <SiteFooter />
      </body>
    </html>
  );
}
