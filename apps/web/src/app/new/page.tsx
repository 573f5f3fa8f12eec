import { NewStudyExperimentsDocument, NewStudySourceDocument } from "@widefield/graphql/documents";
import type { Metadata } from "next";
import { query } from "../../api/query.ts";
import { queryIfKnown } from "../../api/query-if-known.ts";
import { single } from "../../host/page-window.ts";
import { Page, PageHead } from "../../layout/page.tsx";
import { NewStudy } from "../../new-study/new-study.tsx";
import { type SourceStudy, sourceOf } from "../../new-study/source.ts";
import type { SearchParams } from "../../study/address.ts";
import { Notice } from "../../ui/notice.tsx";

export const metadata: Metadata = {
  title: "New study",
  description: "Ask a question about width: choose an experiment, sweep its params, see what it costs, publish.",
};

interface NewStudyPageProps {
  /** `from`: begin with another study. `extend`: add a sweep to one's own. Both by slug. */
  readonly searchParams: Promise<SearchParams>;
}

export default async function NewStudyPage({ searchParams }: NewStudyPageProps) {
  const params = await searchParams;
  const [from, extend] = [single(params.from), single(params.extend)];
  const slug = extend ?? from;
  const [{ experiments }, study] = await Promise.all([
    query(NewStudyExperimentsDocument, {}),
    slug === undefined ? null : queryIfKnown(NewStudySourceDocument, { slug }).then((found) => found?.study ?? null),
  ]);
  const problem = slug === undefined ? null : problemOf(slug, study, extend !== undefined);
  const extended = extend !== undefined && study && problem === null ? study : null;
  return (
    <Page>
      <PageHead
        title={extended ? `Extend “${extended.title}”` : "New study"}
        lead={
          extended
            ? "Add a sweep to a study of yours. Cells that it has already are left alone."
            : "Ask a question about width. Volunteers’ GPUs compute it, replicas are checked against each other, and everybody may read the answer."
        }
      />
      {problem === null ? null : (
        <div style={{ marginBottom: "var(--space-6)" }}>
          <Notice tone="warn" title={problem} />
        </div>
      )}
      <NewStudy
        experiments={experiments}
        source={study && (extend === undefined || extended) ? sourceOf(study) : null}
        extended={extended && { id: extended.id, title: extended.title, quorum: extended.quorum }}
      />
    </Page>
  );
}

function problemOf(slug: string, study: SourceStudy | null, extending: boolean): string | null {
  if (!study) return `There is no study “${slug}” to begin from. The form is empty.`;
  if (!extending) return null;
  if (!study.viewerCanManage) return `“${study.title}” is not this browser’s to extend. Begin a study from it instead.`;
  if (study.state === "DRAFT") return `“${study.title}” is a draft still; publish it before extending it.`;
  return null;
}
