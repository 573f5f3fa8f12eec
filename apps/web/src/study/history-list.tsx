import type { DecisionKind } from "@widefield/graphql/documents";
import Link from "next/link";
import { formatMinute } from "../format/date.ts";
import { Table } from "../ui/table.tsx";

interface HistoryDecision {
  readonly id: string;
  readonly revision: number;
  readonly kind: DecisionKind;
  readonly digest: string | null;
  readonly createdAt: string;
  readonly trial?: { readonly digest: string } | null;
}

const words: Readonly<Record<DecisionKind, string>> = {
  PUBLISHED: "Published",
  EXTENDED: "Extended by a sweep",
  PAUSED: "Paused",
  RESUMED: "Resumed",
  FINISHED: "Finished: every trial is decided",
  CANONICAL: "A result agreed",
  ADOPTED: "A result adopted from an earlier study",
  NONDETERMINISTIC: "Replicas never agreed; the trial has no answer",
  FAILED: "The trial could not be computed",
};

/** Decisions, newest first. Each raised the study's revision by one; none is ever edited. */
export function HistoryList({ slug, decisions }: { slug: string; decisions: readonly HistoryDecision[] }) {
  return (
    <Table caption="Decisions, newest first">
      <thead>
        <tr>
          <th scope="col" data-align="right">
            Revision
          </th>
          <th scope="col">Decision</th>
          <th scope="col">When</th>
          <th scope="col">About</th>
        </tr>
      </thead>
      <tbody>
        {decisions.map(({ id, revision, kind, digest, createdAt, trial }) => (
          <tr key={id}>
            <td data-align="right">{revision}</td>
            <td>{words[kind]}</td>
            <td>
              <time dateTime={createdAt}>{formatMinute(createdAt)}</time>
            </td>
            <td>
              {trial ? (
                <Link href={`/studies/${slug}/trials/${trial.digest}`} prefetch={false}>
                  trial <code>{trial.digest.slice(0, 10)}</code>
                </Link>
              ) : digest ? (
                <>
                  study digest <code>{digest.slice(0, 16)}</code>
                </>
              ) : (
                "the study"
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
