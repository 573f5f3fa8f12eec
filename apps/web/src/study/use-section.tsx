import type { ResultFilter } from "@widefield/graphql/documents";
import { ButtonLink } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { citation } from "./citation.ts";
import type { PageStudy } from "./study-facts.tsx";
import styles from "./use-section.module.css";
import { viewQueryText } from "./view-query.ts";

interface UseSectionProps {
  readonly study: PageStudy;
  /** Of the chart: the params that the view holds fixed. */
  readonly where: ResultFilter;
  /** Of the results table, which is what the files hold. */
  readonly tableWhere: ResultFilter;
  readonly groupBy: readonly string[];
  readonly metric: string;
  readonly origin: string;
}

/** Take the results away: as files, as a citation, as a query. */
export function UseSection({ study, where, tableWhere, groupBy, metric, origin }: UseSectionProps) {
  const filter = Object.keys(tableWhere).length > 0 ? `?where=${encodeURIComponent(JSON.stringify(tableWhere))}` : "";
  const text = viewQueryText(study.slug, { where, groupBy, metric });
  const cited = citation(study, origin);
  return (
    <div className={styles.use}>
      <div className={styles.part}>
        <h3>Download</h3>
        <p>
          {filter ? "The results that the table above lists, all pages of it" : "All agreed results"}, with params,
          metrics and provenance, streamed.
        </p>
        <div className={styles.links}>
          {(["csv", "ndjson", "json"] as const).map((format) => (
            <ButtonLink
              key={format}
              href={`/api/studies/${study.slug}/results.${format}${filter}`}
              prefetch={false}
              download
              size="small"
            >
              {format.toUpperCase()}
            </ButtonLink>
          ))}
        </div>
        <h3>Cite</h3>
        <CodeBlock label="Citation in BibTeX" text={cited} />
      </div>
      <div className={styles.part}>
        <h3>Ask this yourself</h3>
        <p>The query behind the chart above. GraphiQL opens with it and lets you change it.</p>
        <CodeBlock label="GraphQL query of the present view" text={text} />
        <div className={styles.links}>
          {/* A plain link: the address is rewritten for browsers, which the router does not know. */}
          <a href={`/api/graphql?query=${encodeURIComponent(text)}`}>Open in GraphiQL</a>
        </div>
      </div>
    </div>
  );
}
