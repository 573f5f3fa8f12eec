import type { Metadata } from "next";
import { Page } from "../layout/page.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { EmptyState } from "../ui/notice.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <Page narrow>
      <EmptyState
        title="There is nothing at this address"
        actions={<ButtonLink href="/studies">All studies</ButtonLink>}
      >
        A study may be a draft that only its author sees, or the address may be mistyped.
      </EmptyState>
    </Page>
  );
}
