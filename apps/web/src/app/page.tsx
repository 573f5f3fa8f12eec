import { HomeDocument } from "@widefield/graphql/documents";
import Link from "next/link";
import { query } from "../api/query.ts";
import { CommonsLive } from "../home/commons-live.tsx";
import { Hero } from "../home/hero.tsx";
import { WaysIn } from "../home/ways-in.tsx";
import { Page, Section } from "../layout/page.tsx";
import { StudyCard } from "../study/study-card.tsx";
import { StudyGrid } from "../study/study-grid.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { EmptyState } from "../ui/notice.tsx";

export const dynamic = "force-dynamic";

export default async function HomePage() {
  const { commons, studies, candidates } = await query(HomeDocument, {});
  return (
    <Page>
      <Hero candidates={candidates.nodes} />
      <CommonsLive initial={commons} />
      <Section
        id="studies"
        title="Studies"
        actions={studies.totalCount > 0 ? <Link href="/studies">All {studies.totalCount}</Link> : null}
      >
        {studies.nodes.length === 0 ? (
          <EmptyState
            title="No study is published yet"
            actions={<ButtonLink href="/new">Publish the first</ButtonLink>}
          />
        ) : (
          <StudyGrid>
            {studies.nodes.map((study) => (
              <StudyCard key={study.id} study={study} level={3} />
            ))}
          </StudyGrid>
        )}
      </Section>
      <Section id="take-part" title="Take part">
        <WaysIn />
      </Section>
    </Page>
  );
}
