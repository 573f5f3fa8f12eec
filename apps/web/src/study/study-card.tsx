import type { StudyCardFragment } from "@widefield/graphql/documents";
import Link from "next/link";
import { paramTitle, spellValue } from "../chart/param-title.ts";
import { formatCount, formatCounted, formatParam, formatShare } from "../format/number.ts";
import { ProgressBar } from "../ui/progress-bar.tsx";
import { progressParts } from "./progress-parts.ts";
import styles from "./study-card.module.css";
import { StudyStateBadge } from "./study-state.tsx";

/** A study in a list: its question, what it varies, how far it is. */
export function StudyCard({ study, level = 2 }: { study: StudyCardFragment; level?: 2 | 3 }) {
  const Heading = level === 2 ? "h2" : "h3";
  const { progress } = study;
  return (
    <article className={styles.card}>
      <div className={styles.head}>
        <StudyStateBadge state={study.state} />
        <span className={styles.family}>{study.family}</span>
      </div>
      <Heading className={styles.title}>
        <Link href={`/studies/${study.slug}`} prefetch={false}>
          {study.title}
        </Link>
      </Heading>
      <p className={styles.question}>{study.question}</p>
      <dl className={styles.axes}>
        {study.axes.slice(0, 4).map(({ param, values }) => (
          <div key={param}>
            <dt>{paramTitle(study.experiment?.paramsSchema, param).title}</dt>
            <dd>{axisInBrief(param, values)}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.progress}>
        <ProgressBar thin label={`Progress of ${study.title}`} parts={progressParts(progress)} />
        <span>
          {formatCount(progress.decided)} of {formatCounted(progress.trials, "trial")} ·{" "}
          {formatShare(progress.fraction)}
        </span>
      </div>
    </article>
  );
}

/** "64 … 1024" for many numbers, the names for a few words. */
export function axisInBrief(param: string, values: readonly unknown[]): string {
  const spell = (value: unknown) => spellValue(param, value) ?? formatParam(value);
  if (values.length > 3 && values.every((value) => typeof value === "number")) {
    const sorted = [...values].sort((a, b) => a - b);
    return `${spell(sorted[0])} … ${spell(sorted.at(-1))}`;
  }
  return values.length > 5 ? `${values.length} values` : values.map(spell).join(", ");
}
