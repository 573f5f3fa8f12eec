import { StudyListDocument } from "@widefield/graphql/documents";
import type { Metadata } from "next";
import { queryKnown } from "../../api/query-known.ts";
import { formatCounted } from "../../format/number.ts";
import { Page, PageHead } from "../../layout/page.tsx";
import type { SearchParams } from "../../study/address.ts";
import { StudyCard } from "../../study/study-card.tsx";
import { StudyGrid } from "../../study/study-grid.tsx";
import { ListFilters } from "../../study-list/list-filters.tsx";
import { listAddress, listChoice, listVariables } from "../../study-list/list-query.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/notice.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import styles from "./page.module.css";

export const metadata: Metadata = {
  title: "Studies",
  description: "Every published study: its question, its sweep and how far it is.",
};

export default async function StudiesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const choice = listChoice(await searchParams);
  const { studies, experiments } = await queryKnown(StudyListDocument, listVariables(choice));
  const { pageInfo, totalCount } = studies;
  const families = [...new Set(experiments.map(({ family }) => family))].sort();
  const filtered = choice.q !== "" || choice.state !== null || choice.family !== "" || choice.mine;
  return (
    <Page>
      <PageHead
        title="Studies"
        lead="Each study is a frozen question: an experiment, a sweep over its params, and the number of replicas that must agree."
        actions={
          <ButtonLink href="/new" variant="primary">
            New study
          </ButtonLink>
        }
      />
      <ListFilters choice={choice} families={families} />
      {studies.nodes.length === 0 ? (
        <EmptyState
          title={filtered ? "No study matches" : "No study is published yet"}
          actions={
            filtered ? (
              <ButtonLink href="/studies">Show all</ButtonLink>
            ) : (
              <ButtonLink href="/new">Publish the first</ButtonLink>
            )
          }
        >
          {filtered
            ? "Try fewer words, or another state or family. Drafts are seen by their authors alone."
            : "A study needs a question and a sweep; the form shows what it will cost before anything is published."}
        </EmptyState>
      ) : (
        <div className={styles.list}>
          <StudyGrid>
            {studies.nodes.map((study) => (
              <StudyCard key={study.id} study={study} />
            ))}
          </StudyGrid>
          <Pagination
            label="Studies"
            summary={formatCounted(totalCount, "study", "studies")}
            previous={pageInfo.hasPreviousPage ? listAddress(choice, { before: pageInfo.startCursor ?? null }) : null}
            next={pageInfo.hasNextPage ? listAddress(choice, { after: pageInfo.endCursor ?? null }) : null}
          />
        </div>
      )}
    </Page>
  );
}
