import { Page, PageHead } from "../layout/page.tsx";

export default function HomePage() {
  return (
    <Page>
      <PageHead title="A commons for experiments about width" />
    </Page>
  );
}
