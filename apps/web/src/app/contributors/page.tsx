import { ContributorsPageDocument } from "@widefield/graphql/documents";
import type { Metadata } from "next";
import { queryKnown } from "../../api/query-known.ts";
import { ContributionStats } from "../../contributor/contribution-stats.tsx";
import styles from "../../contributor/contributor.module.css";
import { ContributorTable } from "../../contributor/contributor-table.tsx";
import { Rename } from "../../contributor/rename.tsx";
import { formatCount, formatFlops } from "../../format/number.ts";
import hostStyles from "../../host/host.module.css";
import { neighbours, pageSummary, pageWindow } from "../../host/page-window.ts";
import { Page, PageHead, Section } from "../../layout/page.tsx";
import type { SearchParams } from "../../study/address.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { EmptyState } from "../../ui/notice.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { Stat, StatGroup } from "../../ui/stat.tsx";

export const metadata: Metadata = {
  title: "Contributors",
  description: "Who computed how much, in floating-point operations that others confirmed.",
};

const SIZE = 50;

export default async function ContributorsPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const window = pageWindow(await searchParams, SIZE);
  const { viewer, commons, contributors } = await queryKnown(ContributorsPageDocument, window.variables);
  const place = { offset: window.offset, shown: contributors.edges.length, size: SIZE };
  return (
    <Page>
      <PageHead
        title="Contributors"
        lead="Everybody who computed, by how much of it others could confirm."
        actions={
          <>
            <ButtonLink href="/hosts">Hosts</ButtonLink>
            <ButtonLink href="/volunteer" variant="primary">
              Volunteer
            </ButtonLink>
          </>
        }
      />
      <StatGroup>
        <Stat label="Contributors" value={formatCount(commons.volunteers)} />
        <Stat label="Results" value={formatCount(commons.results)} />
        <Stat label="Computed" value={formatFlops(commons.validFlops)} note="in valid results" />
      </StatGroup>
      {viewer ? (
        <Section id="you" title="You">
          <Card className={styles.you ?? ""}>
            <Rename name={viewer.name} />
            <ContributionStats contribution={viewer.contribution} />
          </Card>
        </Section>
      ) : null}
      <Section id="ranking" title="Ranking">
        {contributors.edges.length === 0 ? (
          <EmptyState title="Nobody yet" actions={<ButtonLink href="/volunteer">Be the first</ButtonLink>}>
            Open the volunteer page and press one button.
          </EmptyState>
        ) : (
          <div className={hostStyles.stack}>
            <Card flush>
              <ContributorTable
                contributors={contributors.edges.map(({ node }) => node)}
                offset={window.offset}
                viewerId={viewer?.id ?? null}
              />
            </Card>
            <Pagination
              label="Contributors"
              summary={pageSummary(window.offset, contributors.edges.length, contributors.totalCount, "contributor")}
              {...neighbours("/contributors", {}, contributors.pageInfo, place)}
            />
          </div>
        )}
      </Section>
      <Section id="credit" title="How credit is counted">
        <div className={styles.explained}>
          <p>
            Credit is work done: the floating-point operations of every valid result, a fused multiply-add counted as
            two. The study states them beforehand from its shapes, so a slow host and a fast one earn the same for the
            same trial.
          </p>
          <p>
            A result is valid once enough hosts of different people agree on it within the tolerance of each metric.
            Until then it waits. A result that the others contradict is invalid and earns nothing; one that came after
            its trial was settled is late and earns nothing either.
          </p>
        </div>
      </Section>
    </Page>
  );
}
