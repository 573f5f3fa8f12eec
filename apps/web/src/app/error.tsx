"use client";

import { Page, PageHead } from "../layout/page.tsx";
import { Button, ButtonLink } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/notice.tsx";

/** Shown when a page could not be made. The digest finds the cause in the server's log; the cause itself stays there. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <Page narrow>
      <PageHead title="This page could not be made" />
      <ErrorNotice
        title="The server met a problem; nothing is lost."
        actions={
          <>
            <Button onClick={retry}>Try again</Button>
            <ButtonLink href="/" variant="quiet">
              Home
            </ButtonLink>
          </>
        }
      >
        Try again in a moment.
        {digest ? ` If it stays, tell the operator this number: ${digest}.` : null}
      </ErrorNotice>
    </Page>
  );
}
