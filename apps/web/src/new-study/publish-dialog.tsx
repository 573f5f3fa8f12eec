"use client";

import { useLayoutEffect, useRef } from "react";
import { formatCount, formatCounted, formatFlops } from "../format/number.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/notice.tsx";
import styles from "./publish-dialog.module.css";
import type { Quote } from "./use-quote.ts";

export interface PublishDialogProps {
  readonly title: string;
  readonly quote: Quote;
  readonly quorum: string;
  /** An extension adds to a study; publishing freezes a new one. */
  readonly extends: boolean;
  readonly busy: boolean;
  readonly error: string | null;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** The last look before a study is frozen. Escape and the back button close it. */
export function PublishDialog(props: PublishDialogProps) {
  const { title, quote, quorum, busy, error, onConfirm, onCancel } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  // Closed before it leaves the page, so that the focus goes back to where it came from.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const trials = formatCounted(quote.trials, "trial");
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby="publish-title"
      onCancel={(event) => {
        event.preventDefault();
        if (!busy) onCancel();
      }}
    >
      <h2 id="publish-title" className={styles.title}>
        {props.extends ? `Add ${trials} to “${title}”?` : `Publish “${title}”?`}
      </h2>
      <p>
        {formatFlops(quote.flops)} in {trials}, each computed by at least{" "}
        {quorum === "1" ? "one host" : `${quorum} hosts`}
        {quote.adoptable > 0 ? `; ${formatCount(quote.adoptable)} of them are known already and cost nothing` : ""}.
      </p>
      <p className={styles.note}>
        {props.extends
          ? "Cells that the study has already are left alone. What is added cannot be taken back."
          : "A published study is frozen: its question and sweep are never edited, only extended. It can be paused at any time."}
      </p>
      {error ? <ErrorNotice title="Not published.">{error}</ErrorNotice> : null}
      <div className={styles.actions}>
        <Button variant="primary" onClick={onConfirm} disabled={busy} aria-busy={busy}>
          {busy ? "Publishing …" : props.extends ? "Add the trials" : "Publish"}
        </Button>
        <Button variant="quiet" onClick={onCancel} disabled={busy}>
          Back to the form
        </Button>
      </div>
    </dialog>
  );
}
