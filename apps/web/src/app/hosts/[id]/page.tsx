import { HostPageDocument, HostResultsDocument } from "@widefield/graphql/documents";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { cache } from "react";
import { queryKnown } from "../../../api/query-known.ts";
import { formatMinute } from "../../../format/date.ts";
import { formatCount, formatFlops } from "../../../format/number.ts";
import styles from "../../../host/host.module.css";
import { HostFacts } from "../../../host/host-facts.tsx";
import { computedBy, KINDS, speedOf } from "../../../host/host-words.ts";
import { neighbours, pageSummary, pageWindow } from "../../../host/page-window.ts";
import { ReplicaTable } from "../../../host/replica-table.tsx";
import { Page, PageHead, Section } from "../../../layout/page.tsx";
import type { SearchParams } from "../../../study/address.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Card } from "../../../ui/card.tsx";
import { EmptyState } from "../../../ui/notice.tsx";
import { Pagination } from "../../../ui/pagination.tsx";
import { Stat, StatGroup } from "../../../ui/stat.tsx";

interface HostPageProps {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<SearchParams>;
}

const SIZE = 20;

/** Null for anything that is not a host, a mistyped id included. */
const findHost = cache(async (id: string) => {
  const { node } = await queryKnown(HostPageDocument, { id });
  return node?.__typename === "Host" ? node : null;
});

export async function generateMetadata({ params }: HostPageProps): Promise<Metadata> {
  const host = await findHost((await params).id);
  return { title: host ? `${host.name}, host` : "No such host" };
}

export default async function HostPage({ params, searchParams }: HostPageProps) {
  const id = (await params).id;
  const host = await findHost(id);
  if (!host) notFound();
  const window = pageWindow(await searchParams, SIZE);
  const { results } = await queryKnown(HostResultsDocument, { host: host.id, ...window.variables });
  const place = { offset: window.offset, shown: results.nodes.length, size: SIZE };
  return (
    <Page>
      <PageHead
        eyebrow={
          <>
            <Link href="/hosts">Hosts</Link>
            <Badge>{KINDS[host.kind]}</Badge>
            {host.active ? (
              <Badge tone="good" dot>
                active now
              </Badge>
            ) : null}
            {host.trusted ? <Badge tone="accent">trusted</Badge> : null}
          </>
        }
        title={host.name}
        lead={
          <>
            {computedBy(host)}, of{" "}
            <Link href={`/contributors/${encodeURIComponent(host.volunteer.id)}`}>{host.volunteer.name}</Link>
          </>
        }
      />
      <StatGroup>
        <Stat label="Valid results" value={formatCount(host.validResults)} />
        <Stat label="Invalid results" value={formatCount(host.invalidResults)} />
        <Stat label="Credit" value={formatFlops(host.validFlops)} note="in valid results" />
        {host.flopsPerSecond > 0 ? (
          <Stat label="Speed" value={speedOf(host.flopsPerSecond)} note="in its newest results" />
        ) : null}
      </StatGroup>
      <Section id="facts" title="What it is">
        <HostFacts facts={{ ...host, since: formatMinute(host.createdAt), seen: formatMinute(host.lastSeenAt) }} />
      </Section>
      <Section id="results" title="What it reported" lead="Every replica, newest first, whatever became of it.">
        {results.nodes.length === 0 ? (
          <EmptyState title="Nothing yet">Its first results come when it has finished a work unit.</EmptyState>
        ) : (
          <div className={styles.stack}>
            <Card flush>
              <ReplicaTable caption={`Results of ${host.name}`} replicas={results.nodes} />
            </Card>
            <Pagination
              label="Results"
              summary={pageSummary(window.offset, results.nodes.length, results.totalCount, "result")}
              {...neighbours(`/hosts/${encodeURIComponent(id)}`, {}, results.pageInfo, place)}
            />
          </div>
        )}
      </Section>
    </Page>
  );
}
