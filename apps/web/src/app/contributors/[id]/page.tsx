import { ContributorPageDocument } from "@widefield/graphql/documents";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { cache } from "react";
import { queryKnown } from "../../../api/query-known.ts";
import { ContributionStats } from "../../../contributor/contribution-stats.tsx";
import { Rename } from "../../../contributor/rename.tsx";
import { StudyList } from "../../../contributor/study-list.tsx";
import { formatDay } from "../../../format/date.ts";
import { HostTable } from "../../../host/host-table.tsx";
import { Page, PageHead, Section } from "../../../layout/page.tsx";
import { Badge } from "../../../ui/badge.tsx";
import { Card } from "../../../ui/card.tsx";
import { EmptyState } from "../../../ui/notice.tsx";

interface ContributorPageProps {
  readonly params: Promise<{ readonly id: string }>;
}

/** Null for anything that is not an account, a mistyped id included. */
const findContributor = cache(async (id: string) => {
  const { node, viewer } = await queryKnown(ContributorPageDocument, { id });
  return node?.__typename === "Volunteer" ? { ...node, isViewer: node.id === viewer?.id } : null;
});

export async function generateMetadata({ params }: ContributorPageProps): Promise<Metadata> {
  const contributor = await findContributor((await params).id);
  return { title: contributor ? `${contributor.name}, contributor` : "No such contributor" };
}

export default async function ContributorPage({ params }: ContributorPageProps) {
  const contributor = await findContributor((await params).id);
  if (!contributor) notFound();
  const { name, isViewer, isAnonymous, createdAt, contribution, hosts, studies } = contributor;
  return (
    <Page>
      <PageHead
        eyebrow={
          <>
            <Link href="/contributors">Contributors</Link>
            {isViewer ? <Badge tone="accent">you</Badge> : null}
            {isAnonymous ? <Badge>no account linked</Badge> : null}
          </>
        }
        title={name}
        lead={`Here since ${formatDay(createdAt)}`}
      />
      <ContributionStats contribution={contribution} />
      {isViewer ? (
        <Section id="name" title="Your name">
          <Rename name={name} />
        </Section>
      ) : null}
      <Section id="hosts" title="Hosts" lead={firstOf(hosts)}>
        {hosts.nodes.length === 0 ? (
          <EmptyState title="No hosts">This contributor has not computed so far.</EmptyState>
        ) : (
          <Card flush>
            <HostTable caption={`Hosts of ${name}`} hosts={hosts.nodes} withVolunteer={false} />
          </Card>
        )}
      </Section>
      {studies.nodes.length > 0 ? (
        <Section id="studies" title="Studies" lead={firstOf(studies)}>
          <Card flush>
            <StudyList studies={studies.nodes} />
          </Card>
        </Section>
      ) : null}
    </Page>
  );
}

function firstOf({ nodes, totalCount }: { readonly nodes: readonly unknown[]; readonly totalCount: number }) {
  return nodes.length < totalCount ? `The first ${nodes.length} of ${totalCount}.` : null;
}
