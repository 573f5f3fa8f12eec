import { StudyHistoryDocument } from "@widefield/graphql/documents";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { query } from "../../../../api/query.ts";
import { formatCounted } from "../../../../format/number.ts";
import { Page, PageHead } from "../../../../layout/page.tsx";
import { type SearchParams, searchOf } from "../../../../study/address.ts";
import { HistoryList } from "../../../../study/history-list.tsx";
import { Pagination } from "../../../../ui/pagination.tsx";

export const metadata: Metadata = { title: "History of a study" };

interface HistoryPageProps {
  readonly params: Promise<{ slug: string }>;
  readonly searchParams: Promise<SearchParams>;
}

/** Every decision of a study, fifty to a page. */
export default async function HistoryPage({ params, searchParams }: HistoryPageProps) {
  const { slug } = await params;
  const after = searchOf(await searchParams).get("after");
  const { study } = await query(StudyHistoryDocument, { slug, first: 50, after });
  if (!study) notFound();
  const { nodes, pageInfo, totalCount } = study.decisions;
  return (
    <Page>
      <PageHead title="History" eyebrow={<Link href={`/studies/${slug}`}>{study.title}</Link>} />
      <HistoryList slug={slug} decisions={nodes} />
      <Pagination
        label="Decisions"
        summary={formatCounted(totalCount, "decision")}
        previous={after ? `/studies/${slug}/history` : null}
        next={
          pageInfo.hasNextPage && pageInfo.endCursor ? `/studies/${slug}/history?after=${pageInfo.endCursor}` : null
        }
      />
    </Page>
  );
}
