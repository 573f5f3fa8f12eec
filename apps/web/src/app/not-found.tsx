import type { Metadata } from "next";
import { Page, PageHead } from "../layout/page.tsx";
import { ButtonLink } from "../ui/button.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <Page narrow>
      <PageHead
        title="There is nothing at this address"
        lead="A study may be a draft that only its author sees, or the address may be mistyped."
        actions={<ButtonLink href="/studies">All studies</ButtonLink>}
      />
    </Page>
  );
}
