"use client";

import {
  PauseStudyDocument,
  PublishStudyDocument,
  ResumeStudyDocument,
  type StudyState,
} from "@widefield/graphql/documents";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { request } from "../api/request.ts";
import { Button, ButtonLink } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/notice.tsx";
import styles from "./manage-study.module.css";

type Answer = { readonly __typename: string; readonly message?: string };
type Action = "publish" | "pause" | "resume";

/** What only the author (or an operator) sees: publish, pause, resume, extend. */
export function ManageStudy({ id, slug, state }: { id: string; slug: string; state: StudyState }) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [refreshing, startRefresh] = useTransition();
  const [problem, setProblem] = useState<string | null>(null);

  async function run(action: Action): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await actions[action](id);
      if (answer.__typename === "Study") startRefresh(() => router.refresh());
      else setProblem(answer.message ?? "The server refused.");
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "The server did not answer.");
    } finally {
      setBusy(false);
    }
  }

  const disabled = busy || refreshing;
  return (
    <div className={styles.manage}>
      <div className={styles.row}>
        <span className={styles.label}>You manage this study.</span>
        {state === "DRAFT" ? (
          <Button variant="primary" size="small" disabled={disabled} onClick={() => run("publish")}>
            Publish
          </Button>
        ) : null}
        {state === "ACTIVE" ? (
          <Button size="small" disabled={disabled} onClick={() => run("pause")}>
            Pause
          </Button>
        ) : null}
        {state === "PAUSED" ? (
          <Button variant="primary" size="small" disabled={disabled} onClick={() => run("resume")}>
            Resume
          </Button>
        ) : null}
        {state === "DRAFT" ? null : (
          <ButtonLink size="small" href={`/new?extend=${slug}`}>
            Extend
          </ButtonLink>
        )}
      </div>
      {problem ? <ErrorNotice title="That was not done.">{problem}</ErrorNotice> : null}
    </div>
  );
}

const actions: Readonly<Record<Action, (studyId: string) => Promise<Answer>>> = {
  publish: async (studyId) => (await request(PublishStudyDocument, { studyId })).publishStudy,
  pause: async (studyId) => (await request(PauseStudyDocument, { studyId })).pauseStudy,
  resume: async (studyId) => (await request(ResumeStudyDocument, { studyId })).resumeStudy,
};
