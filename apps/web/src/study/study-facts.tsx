import type { StudyPageQuery, StudyTheoryQuery } from "@widefield/graphql/documents";
import Link from "next/link";
import type { ReactNode } from "react";
import { formatDay } from "../format/date.ts";
import { agreementInWords } from "./agreement.ts";
import styles from "./study-facts.module.css";

/** A study with what theory says of its configurations, each that it may tell apart on its own. */
export type PageStudy = NonNullable<StudyPageQuery["study"]> & Pick<NonNullable<StudyTheoryQuery["study"]>, "theory">;

/** Who, when, under which licence, and how the answer is agreed. */
export function StudyFacts({ study }: { study: PageStudy }) {
  const { createdBy, experiment } = study;
  return (
    <dl className={styles.facts}>
      <Fact name="Experiment">
        <span title={experiment?.summary}>{experiment?.title ?? "Unknown to this server"}</span>
        <code className={styles.code}>
          {study.experimentName}@{study.experimentVersion}
        </code>
      </Fact>
      <Fact name={study.publishedAt ? "Published" : "Drafted"}>
        <time dateTime={study.publishedAt ?? study.createdAt}>{formatDay(study.publishedAt ?? study.createdAt)}</time>
        {createdBy ? (
          <>
            {" "}
            by <Link href={`/contributors/${encodeURIComponent(createdBy.id)}`}>{createdBy.name}</Link>
          </>
        ) : null}
      </Fact>
      <Fact name="Agreement">
        {agreementInWords(study.quorum)}; at most {study.maxResults} tries
      </Fact>
      <Fact name="Licence">{study.license === "CC-BY-4.0" ? "CC BY 4.0" : study.license}</Fact>
      <Fact name="Digest">
        <code className={styles.code} title={`${study.digest}, revision ${study.revision}`}>
          {study.digest.slice(0, 16)}…
        </code>{" "}
        at revision {study.revision}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
