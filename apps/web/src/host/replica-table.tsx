import type { HostResultsQuery } from "@widefield/graphql/documents";
import Link from "next/link";
import { paramAt } from "../chart/json-key.ts";
import { paramTitle, spellValue } from "../chart/param-title.ts";
import { formatMinute } from "../format/date.ts";
import { formatDuration, formatFlops, formatParam } from "../format/number.ts";
import { OUTCOME_WORDS } from "../study/outcome-words.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import { Table } from "../ui/table.tsx";
import styles from "./host.module.css";

export type Replica = HostResultsQuery["results"]["nodes"][number];

const VERDICTS: Readonly<Record<Replica["verdict"], { readonly tone: Tone; readonly word: string }>> = {
  PENDING: { tone: "plain", word: "waits for others" },
  VALID: { tone: "good", word: "valid" },
  INVALID: { tone: "bad", word: "invalid" },
  INCONCLUSIVE: { tone: "warn", word: "inconclusive" },
  LATE: { tone: "plain", word: "late" },
};

/** What the study varies, as this trial has it: "μP, Width 16"; the trial's name where it varies nothing but seeds. */
function configuration({ params, study, trial }: Replica): string {
  const words = study.axes
    .filter(({ param }) => param !== "seed")
    .map(({ param }) => {
      const value = paramAt(params, param);
      return (
        spellValue(param, value) ?? `${paramTitle(study.experiment?.paramsSchema, param).title} ${formatParam(value)}`
      );
    });
  return words.join(", ") || `Trial ${trial.digest.slice(0, 10)}`;
}

/** What one host reported, and what was decided of it. */
export function ReplicaTable({
  caption,
  replicas,
}: {
  readonly caption: string;
  readonly replicas: readonly Replica[];
}) {
  return (
    <Table caption={caption} inset>
      <thead>
        <tr>
          <th scope="col">Trial</th>
          <th scope="col" data-align="right">
            Seed
          </th>
          <th scope="col">Outcome</th>
          <th scope="col">Verdict</th>
          <th scope="col" data-align="right">
            Computed
          </th>
          <th scope="col" data-align="right">
            In
          </th>
          <th scope="col" data-align="right">
            Reported
          </th>
        </tr>
      </thead>
      <tbody>
        {replicas.map((replica) => (
          <tr key={replica.id}>
            <th scope="row" className={styles.host}>
              <Link href={`/studies/${replica.study.slug}/trials/${replica.trial.digest}`} prefetch={false}>
                {configuration(replica)}
              </Link>
              <Link href={`/studies/${replica.study.slug}`} prefetch={false} className={styles.device}>
                {replica.study.title}
              </Link>
            </th>
            <td data-align="right">{replica.seed}</td>
            <td>{OUTCOME_WORDS[replica.outcome]}</td>
            <td className={styles.nowrap}>
              <Badge tone={VERDICTS[replica.verdict].tone}>{VERDICTS[replica.verdict].word}</Badge>{" "}
              {replica.canonical ? <Badge tone="accent">agreed answer</Badge> : null}
            </td>
            <td data-align="right">{formatFlops(replica.flops)}</td>
            <td data-align="right">{formatDuration(replica.elapsedMs)}</td>
            <td data-align="right">{formatMinute(replica.createdAt)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
