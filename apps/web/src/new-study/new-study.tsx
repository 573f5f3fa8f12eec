"use client";

import type { NewStudyExperimentsQuery } from "@widefield/graphql/documents";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { describedBy, Field } from "../ui/field.tsx";
import { Select } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";
import type { Draft } from "./draft.ts";
import { type ExperimentChoice, type ExperimentChoices, experimentChoices, findChoice } from "./experiment-choice.ts";
import { fieldId } from "./field-id.ts";
import { FilePanel } from "./file-panel.tsx";
import { FirstTrials } from "./first-trials.tsx";
import type { FormIssue } from "./form-issue.ts";
import { IssueSummary } from "./issue-summary.tsx";
import styles from "./new-study.module.css";
import { extendStudy, type MadeDraft, type Published, publishStudy } from "./publish.ts";
import { PublishDialog } from "./publish-dialog.tsx";
import { QuestionSection } from "./question-section.tsx";
import { QuoteBar } from "./quote-bar.tsx";
import { QuotePanel } from "./quote-panel.tsx";
import { ReplicationSection } from "./replication-section.tsx";
import { startingDraft } from "./starting-draft.ts";
import { type StudyContent, studyOfDraft } from "./study-of-draft.ts";
import { SweepSection } from "./sweep-section.tsx";
import { type Source, useDraft } from "./use-draft.ts";
import { useQuote } from "./use-quote.ts";

export interface NewStudyProps {
  readonly experiments: NewStudyExperimentsQuery["experiments"];
  /** The study that the form begins from. */
  readonly source: Source | null;
  /** Set: the sweep is added to this study instead of making a new one. */
  readonly extended: { readonly id: string; readonly title: string; readonly quorum: number } | null;
}

/** Where a researcher makes a study: words, params, seeds, a quote, and the way to publish it. */
export function NewStudy({ experiments, source, extended }: NewStudyProps) {
  const choices = useMemo(() => experimentChoices(experiments), [experiments]);
  if (!choices) return <Notice tone="warn" title="This site offers no experiments." />;
  return <NewStudyForm choices={choices} source={source} extended={extended} />;
}

interface FormProps extends Omit<NewStudyProps, "experiments"> {
  readonly choices: ExperimentChoices;
}

function NewStudyForm({ choices, source, extended }: FormProps) {
  const router = useRouter();
  const form = useDraft(choices, source);
  const { draft, choice } = form;
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const [refusals, setRefusals] = useState<readonly FormIssue[]>([]);
  // The draft as it was when its author asked for the last look: any change ends that.
  const [reviewed, setReviewed] = useState<Draft | null>(null);
  const reviewing = reviewed === draft;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const made = useRef<MadeDraft | null>(null);
  const summary = useRef<HTMLDivElement>(null);

  const hasField = useCallback((field: string) => hasFieldOf(choice, field, extended !== null), [choice, extended]);
  const reading = useMemo(
    () => studyOfDraft(extended ? withWords(draft, extended) : draft, choice.fields),
    [draft, choice, extended],
  );
  const quorum = extended ? extended.quorum : Number(draft.quorum);
  const { state: quote, again } = useQuote(choice.key, reading.sweep, quorum, hasField);
  const issues = [...reading.issues, ...(quote.kind === "refused" ? quote.issues : []), ...refusals];

  const errorOf = (field: string): string | undefined => {
    const issue = issues.find((one) => one.field === field);
    if (!issue) return undefined;
    const isWord = !field.startsWith("param.") && field !== "sweep" && field !== "seeds" && field !== "draws";
    return isWord && reading.issues.includes(issue) && !tried && !left.has(field) ? undefined : issue.message;
  };
  const change = (changed: (draft: Draft) => Draft) => {
    setRefusals([]);
    setFailure(null);
    form.change(changed);
  };
  const changeWords = (words: Partial<Draft>) => change((old) => ({ ...old, ...words }));
  const section = {
    draft,
    errorOf,
    onChange: changeWords,
    onLeave: (field: string) => setLeft((old) => (old.has(field) ? old : new Set([...old, field]))),
  };

  const showIssues = useCallback(() => void requestAnimationFrame(() => summary.current?.focus()), []);

  function review(): void {
    setTried(true);
    setFailure(null);
    if (issues.length > 0) {
      showIssues();
      return;
    }
    if (quote.kind === "unreachable") again();
    setReviewed(draft);
  }

  // Review was pressed before the quote had come, and it does not come: what it says instead is what to look at.
  useEffect(() => {
    if (!reviewing || (quote.kind !== "refused" && quote.kind !== "unreachable")) return;
    setReviewed(null);
    if (quote.kind === "refused") showIssues();
  }, [reviewing, quote.kind, showIssues]);

  async function publish(study: StudyContent): Promise<void> {
    setBusy(true);
    setFailure(null);
    try {
      const published: Published = extended
        ? await extendStudy(extended.id, study.sweep, hasField)
        : await publishStudy(study, made.current, (draftMade) => (made.current = draftMade), hasField);
      if (published.ok) {
        form.forget();
        router.push(`/studies/${published.slug}`);
        return;
      }
      setRefusals(published.issues);
      setReviewed(null);
      showIssues();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : "The server does not answer. Nothing is lost: try again.");
    }
    setBusy(false);
  }

  const labelOf = (field: string) => labels[field] ?? paramTitle(choice, field);
  return (
    <form
      className={styles.layout}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        review();
      }}
    >
      <div className={styles.main}>
        <div id={fieldId("")} ref={summary} tabIndex={-1} className={styles.anchor}>
          <IssueSummary issues={tried ? issues : []} labelOf={labelOf} />
        </div>
        {form.restored ? (
          <Notice
            title="Your draft is back as you left it."
            actions={
              <Button size="small" onClick={form.restart}>
                Start afresh
              </Button>
            }
          />
        ) : null}
        {extended ? null : (
          <section aria-labelledby="question-title" className={styles.part}>
            <h2 id="question-title">Question</h2>
            <QuestionSection {...section} />
          </section>
        )}
        <section aria-labelledby="sweep-title" className={styles.part}>
          <div>
            <h2 id="sweep-title">Sweep</h2>
            <p className={styles.lead}>
              Choose what varies: a list of values, a ladder of widths, log-spaced learning rates. Every other param
              keeps one value.
            </p>
          </div>
          {extended ? null : (
            <Field id={fieldId("experiment")} label="Experiment" hint={choice.summary} error={errorOf("experiment")}>
              <Select
                id={fieldId("experiment")}
                {...describedBy(fieldId("experiment"), { hint: choice.summary, error: errorOf("experiment") })}
                value={choice.key}
                onChange={(event) => change((old) => withExperiment(old, choices, event.target.value))}
              >
                {choices.map(({ key, title }) => (
                  <option key={key} value={key}>
                    {title} ({key})
                  </option>
                ))}
              </Select>
            </Field>
          )}
          <SweepSection
            key={`${choice.key} ${form.generation}`}
            draft={draft}
            choice={choice}
            sweep={reading.parsed}
            errorOf={errorOf}
            onChange={change}
          />
        </section>
        <section aria-labelledby="replication-title" className={styles.part}>
          <h2 id="replication-title">Replication</h2>
          <ReplicationSection {...section} withQuorum={extended === null} />
        </section>
        <QuoteBar state={quote} blocked={reading.sweep === null} />
      </div>
      <div className={styles.side}>
        <Card raised className={styles.quote ?? ""}>
          <QuotePanel state={quote} quorum={String(quorum)} blocked={reading.sweep === null} />
          <Button variant="primary" size="large" type="submit" aria-busy={reviewing && quote.kind === "waiting"}>
            {extended ? "Review and add" : "Review and publish"}
          </Button>
          <p className={styles.note}>
            No account is needed: this browser is given one when you publish, and only it can manage the study.
          </p>
        </Card>
      </div>
      <div className={styles.after}>
        {reading.parsed ? (
          <section aria-labelledby="trials-title" className={styles.part}>
            <h2 id="trials-title">First trials</h2>
            <Card flush>
              <FirstTrials sweep={reading.parsed} fields={choice.fields} />
            </Card>
          </section>
        ) : null}
        {extended ? null : (
          <section aria-labelledby="file-title" className={styles.part}>
            <h2 id="file-title">Study file</h2>
            <FilePanel study={fileContent(draft, reading.sweep)} onImport={form.fill} />
          </section>
        )}
      </div>
      {reviewing && quote.kind === "quoted" && reading.study ? (
        <PublishDialog
          title={reading.study.title}
          quote={quote.quote}
          quorum={String(quorum)}
          extends={extended !== null}
          busy={busy}
          error={failure}
          onConfirm={() => reading.study && void publish(reading.study)}
          onCancel={() => setReviewed(null)}
        />
      ) : null}
    </form>
  );
}

const labels: Readonly<Record<string, string>> = {
  title: "Title",
  question: "Question",
  description: "Description",
  slug: "Address",
  license: "Licence",
  experiment: "Experiment",
  quorum: "Quorum",
  seeds: "Seeds",
  draws: "Random draws",
  drawSeed: "Seed of the draws",
  sweep: "Sweep",
};

function paramTitle(choice: ExperimentChoice, field: string): string {
  return choice.fields.find(({ name }) => field === `param.${name}`)?.title ?? field;
}

function hasFieldOf(choice: ExperimentChoice, field: string, extending: boolean): boolean {
  if (field.startsWith("param.")) return choice.fields.some(({ name }) => field === `param.${name}`);
  if (extending) return ["sweep", "seeds", "draws"].includes(field);
  return field in labels;
}

function withExperiment(draft: Draft, choices: ExperimentChoices, key: string): Draft {
  const choice = findChoice(choices, key) ?? choices[0];
  const { title, question, description, slug, license, quorum, seeds } = draft;
  return { ...startingDraft(choice), title, question, description, slug, license, quorum, seeds };
}

/** An extension has its study's words, so that only the sweep is checked. */
function withWords(draft: Draft, { title, quorum }: { readonly title: string; readonly quorum: number }): Draft {
  return { ...draft, title, question: title, description: "", slug: "", license: "CC-BY-4.0", quorum: String(quorum) };
}

/** The file as it stands, words missing or not: a half-written study may be taken away too. */
function fileContent(draft: Draft, sweep: StudyContent["sweep"] | null): StudyContent | null {
  if (sweep === null) return null;
  const { slug, title, question, description, experiment, license } = draft;
  return {
    ...(slug.trim() === "" ? {} : { slug: slug.trim() }),
    title: title.trim(),
    question: question.trim(),
    ...(description.trim() === "" ? {} : { description: description.trim() }),
    experiment,
    sweep,
    quorum: Number(draft.quorum),
    license: license.trim(),
  };
}
