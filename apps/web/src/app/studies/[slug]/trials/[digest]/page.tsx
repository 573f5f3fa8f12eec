import { TrialPageDocument } from "@widefield/graphql/documents";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { query } from "../../../../../api/query.ts";
import { paramAt } from "../../../../../chart/json-key.ts";
import { paramTitle } from "../../../../../chart/param-title.ts";
import { formatFlops } from "../../../../../format/number.ts";
import { Page, PageHead, Section } from "../../../../../layout/page.tsx";
import { agreementInWords } from "../../../../../study/agreement.ts";
import { selectionInWords } from "../../../../../study/selection.ts";
import { Predictions } from "../../../../../trial/predictions.tsx";
import { ReplicaCurves } from "../../../../../trial/replica-curves.tsx";
import { ReplicaTable } from "../../../../../trial/replica-table.tsx";
import { TrialParams } from "../../../../../trial/trial-params.tsx";
import { TrialStateBadge } from "../../../../../trial/trial-state.tsx";
import { Badge } from "../../../../../ui/badge.tsx";
import { EmptyState, Notice } from "../../../../../ui/notice.tsx";
import styles from "./page.module.css";

interface TrialPageProps {
  readonly params: Promise<{ slug: string; digest: string }>;
}

export async function generateMetadata({ params }: TrialPageProps): Promise<Metadata> {
  return { title: `Trial ${(await params).digest.slice(0, 10)}` };
}

/** Where one number comes from: the question, every replica of the answer, and how they compare. */
export default async function TrialPage({ params }: TrialPageProps) {
  const { slug, digest } = await params;
  const { study } = await query(TrialPageDocument, { slug, digest });
  const trial = study?.trials.nodes[0];
  if (!study || !trial) notFound();
  const { experiment } = study;
  const axes = study.axes.map(({ param }) => param);
  const varied = axes
    .filter((param) => param !== "seed")
    .map((param) => [param, paramAt(trial.params, param)] as const)
    .filter(([, value]) => value !== undefined);
  const setting = selectionInWords(
    Object.fromEntries([...varied, ["seed", trial.seed] as const]),
    (param) => paramTitle(experiment?.paramsSchema, param).title,
  );
  return (
    <Page>
      <PageHead
        title={`Trial ${digest.slice(0, 10)}`}
        eyebrow={
          <>
            <Link href={`/studies/${slug}`}>{study.title}</Link>
            <span aria-hidden="true">/</span>
            <TrialStateBadge state={trial.state} />
            {trial.adopted ? <Badge tone="accent">adopted from an earlier study</Badge> : null}
          </>
        }
        lead={`Trained with ${setting}: about ${formatFlops(trial.flops)} of work${trial.decidedRevision === null ? "" : `, decided at revision ${trial.decidedRevision}`}.`}
      />
      <Section
        id="replicas"
        title="Replicas side by side"
        lead={`It takes ${agreementInWords(study.quorum)} to decide the trial. A metric agrees when the difference stays within the tolerance that the experiment declares.`}
      >
        {trial.replicas.length === 0 ? (
          <EmptyState title="No result yet">This trial waits for a volunteer.</EmptyState>
        ) : (
          <ReplicaTable replicas={trial.replicas} metrics={experiment?.metrics ?? []} />
        )}
      </Section>
      {trial.replicas.some(({ curves }) => curves.length > 0) ? (
        <Section id="curves" title="Learning curves">
          <ReplicaCurves replicas={trial.replicas} series={experiment?.series ?? []} />
        </Section>
      ) : null}
      <Section id="params" title="The question">
        <TrialParams params={trial.params} seed={trial.seed} axes={axes} paramsSchema={experiment?.paramsSchema} />
        <p className={styles.digest}>
          SHA-256 of experiment, params and seed: <code>{trial.digest}</code>
        </p>
      </Section>
      {trial.theory ? (
        <Section id="theory" title="What theory predicts">
          <Notice title={trial.theory.summary}>
            <Predictions exponents={trial.theory.exponents} metrics={experiment?.metrics ?? []} />
            {trial.theory.assumptions}
          </Notice>
        </Section>
      ) : null}
    </Page>
  );
}
