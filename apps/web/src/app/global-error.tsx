"use client";

import "../theme/base.css";
import { Button } from "../ui/button.tsx";

/** The last resort, when even the frame of the page failed. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body style={{ padding: "3rem" }}>
        <h1>Widefield is not answering</h1>
        <p style={{ margin: "1rem 0" }}>The server met a problem; nothing is lost. Try again in a moment.</p>
        <Button onClick={retry}>Try again</Button>
      </body>
    </html>
  );
}
