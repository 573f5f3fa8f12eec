import type { Subject } from "../chart/view.ts";
import { Card } from "../ui/card.tsx";
import { measuredSlopes } from "./measured-slopes.ts";
import type { PageStudy } from "./study-facts.tsx";
import { sharing, type TheoryCase, theoryCases } from "./theory-case.ts";
import { TheoryConditions } from "./theory-conditions.tsx";
import styles from "./theory-section.module.css";
import { TheoryTable } from "./theory-table.tsx";
import { TheoryVerdict } from "./theory-verdict.tsx";

/** What infinite-width theory says of each line of the chart, with the exponents measured so far beside the predicted ones. */
export async function TheorySection({ study, subject }: { study: PageStudy; subject: Subject }) {
  const places = { paramsSchema: study.experiment?.paramsSchema, axes: subject.axes };
  const cases = theoryCases(study.theory, subject.view?.color ?? null, places);
  const measured = await measuredSlopes(study.slug, subject, subject.view?.x ?? "width");
  const assumptions = sharing(cases, (one) => one.assumptions);
  return (
    <Card flush>
      <TheoryTable cases={cases} metrics={subject.metrics} measured={measured} />
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
  return cases.map(({ name }) => name).join(", ");
}
