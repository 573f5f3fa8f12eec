import type { ContributorPageQuery } from "@widefield/graphql/documents";
import Link from "next/link";
import { formatCount, formatCounted } from "../format/number.ts";
import { Badge } from "../ui/badge.tsx";
import { ProgressBar } from "../ui/progress-bar.tsx";
import styles from "./contributor.module.css";

type Contributor = Extract<NonNullable<ContributorPageQuery["node"]>, { readonly __typename: "Volunteer" }>;

/** Studies that a contributor asked, with how far each is. */
export function StudyList({ studies }: { readonly studies: Contributor["studies"]["nodes"] }) {
  return (
    <ul className={styles.studies}>
      {studies.map(({ id, slug, title, state, progress }) => (
        <li key={id} className={styles.study}>
          <span>
            <Link href={`/studies/${slug}`}>{title}</Link>{" "}
            {state === "ACTIVE" ? null : <Badge>{state.toLowerCase()}</Badge>}
          </span>
          <span>
            {formatCount(progress.decided)} of {formatCounted(progress.trials, "trial")}
            <ProgressBar label={`Progress of ${title}`} parts={[{ fraction: progress.fraction }]} thin />
          </span>
        </li>
      ))}
    </ul>
  );
}
