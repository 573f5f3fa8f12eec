import type { Subject, View } from "../chart/view.ts";
import { Card } from "../ui/card.tsx";
import { drawableMetrics } from "./drawable-metrics.ts";
import { measuredSlopes } from "./measured-slopes.ts";
import type { PageStudy } from "./study-facts.tsx";
import { sharing, type TheoryCase, theoryCases } from "./theory-case.ts";
import { TheoryConditions } from "./theory-conditions.tsx";
import styles from "./theory-section.module.css";
import { TheoryTable } from "./theory-table.tsx";
import { TheoryVerdict } from "./theory-verdict.tsx";

interface TheorySectionProps {
  readonly study: PageStudy;
  readonly subject: Subject;
  readonly view: View;
}

/** What infinite-width theory says of a study's trials, with the exponents measured so far beside the predicted ones. */
export async function TheorySection({ study, subject, view }: TheorySectionProps) {
  const places = { paramsSchema: study.experiment?.paramsSchema, axes: study.axes };
  const cases = theoryCases(study.theory, { apart: subject.view?.color ?? null, color: view.color }, places);
  const measured = await measuredSlopes(study.slug, subject, subject.view?.x ?? "width");
  const predicted = drawableMetrics(subject, []).filter((name) => subject.predicted.includes(name));
  const assumptions = sharing(cases, (one) => one.assumptions);
  return (
    <Card flush>
      <TheoryTable cases={cases} predicted={predicted} metrics={subject.metrics} measured={measured} />
      <div className={styles.words}>
        <dl className={styles.verdicts}>
          {sharing(cases, ({ verdict, summary }) => `${verdict} ${summary}`).map(
            ({ text, cases: [first, ...others] }) =>
              first ? (
                <div key={text}>
                  <dt>
                    <TheoryVerdict verdict={first.verdict} />
                  </dt>
                  <dd>
                    {first.summary} <span className={styles.faint}>({namesOf([first, ...others])})</span>
                  </dd>
                </div>
              ) : null,
          )}
        </dl>
        {assumptions.map(({ text, cases: mine }) => (
          <p key={text} className={styles.faint}>
            {assumptions.length > 1 ? `${namesOf(mine)}: ` : ""}
            {text}
          </p>
        ))}
        <TheoryConditions cases={cases} />
      </div>
    </Card>
  );
}

function namesOf(cases: readonly TheoryCase[]): string {
  // A name may hold commas itself.
  return cases.map(({ name }) => name).join("; ");
}
