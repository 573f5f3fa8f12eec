import { HostsPageDocument } from "@widefield/graphql/documents";
import type { Metadata } from "next";
import { queryKnown } from "../../api/query-known.ts";
import { formatCount, formatFlops } from "../../format/number.ts";
import styles from "../../host/host.module.css";
import { HostFilters } from "../../host/host-filters.tsx";
import { HostTable } from "../../host/host-table.tsx";
import { hostView } from "../../host/host-view.ts";
import { neighbours, pageSummary, pageWindow } from "../../host/page-window.ts";
import { Page, PageHead, Section } from "../../layout/page.tsx";
import type { SearchParams } from "../../study/address.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { EmptyState } from "../../ui/notice.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { Stat, StatGroup } from "../../ui/stat.tsx";

export const metadata: Metadata = {
  title: "Hosts",
  description: "The browsers and machines that compute: their GPUs, speed and valid results.",
};

const SIZE = 25;

export default async function HostsPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const view = hostView(params);
  const window = pageWindow(params, SIZE);
  const { commons, hosts } = await queryKnown(HostsPageDocument, {
    ...window.variables,
    where: view.where,
    orderBy: view.orderBy,
  });
  const place = { offset: window.offset, shown: hosts.nodes.length, size: SIZE };
  return (
    <Page>
      <PageHead
        title="Hosts"
        lead="Browsers and machines that compute, each with the results that others could confirm."
        actions={
          <>
            <ButtonLink href="/contributors">Contributors</ButtonLink>
            <ButtonLink href="/volunteer" variant="primary">
              Volunteer
            </ButtonLink>
          </>
        }
      />
      <StatGroup>
        <Stat label="Active now" value={formatCount(commons.activeHosts)} note="seen in the last two minutes" />
        <Stat label="Hosts" value={formatCount(commons.hosts)} />
        <Stat label="Contributors" value={formatCount(commons.volunteers)} />
        <Stat label="Computed" value={formatFlops(commons.validFlops)} note="in valid results" />
      </StatGroup>
      <Section id="hosts" title="All hosts">
        <HostFilters view={view} />
        {hosts.nodes.length === 0 ? (
          <EmptyState
            title={hosts.totalCount === 0 ? "No host here" : "Nothing more"}
            actions={<ButtonLink href="/volunteer">Be one</ButtonLink>}
          >
            {Object.keys(view.filters).length > 0
              ? "No host fits these filters."
              : "Nobody has volunteered a GPU on this site so far."}
          </EmptyState>
        ) : (
          <div className={styles.stack}>
            <Card flush>
              <HostTable caption="Hosts" hosts={hosts.nodes} withVolunteer />
            </Card>
            <Pagination
              label="Hosts"
              summary={pageSummary(window.offset, hosts.nodes.length, hosts.totalCount, "host")}
              {...neighbours("/hosts", view.filters, hosts.pageInfo, place)}
            />
          </div>
        )}
      </Section>
    </Page>
  );
}
