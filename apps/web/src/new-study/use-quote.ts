"use client";

import { NewStudyQuoteDocument, type NewStudyQuoteQuery } from "@widefield/graphql/documents";
import { useCallback, useEffect, useState } from "react";
import { request } from "../api/request.ts";
import { type FormIssue, formIssues } from "./form-issue.ts";
import type { SweepContent } from "./study-of-draft.ts";

export type Quote = Extract<NewStudyQuoteQuery["quote"], { readonly __typename: "StudyQuote" }>;

export type QuoteState =
  | { readonly kind: "waiting"; readonly last: Quote | null }
  | { readonly kind: "quoted"; readonly quote: Quote }
  | { readonly kind: "refused"; readonly issues: readonly FormIssue[] }
  | { readonly kind: "unreachable"; readonly message: string };

const PAUSE_MS = 350;

export interface QuoteAnswer {
  readonly state: QuoteState;
  /** Asks once more, as after a server that did not answer. */
  again(): void;
}

/**
 * Asks the server what the sweep would cost, a moment after the last change; an answer that was overtaken is dropped.
 * Without a sweep it waits.
 */
export function useQuote(
  experiment: string,
  sweep: SweepContent | null,
  quorum: number | null,
  hasField: (field: string) => boolean,
): QuoteAnswer {
  const [answer, setAnswer] = useState<{ question: string; attempt: number; state: QuoteState } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const again = useCallback(() => setAttempt((old) => old + 1), []);
  const question = sweep === null ? null : JSON.stringify({ experiment, sweep, quorum });

  useEffect(() => {
    if (question === null) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      request(NewStudyQuoteDocument, JSON.parse(question), controller.signal).then(
        ({ quote }) => setAnswer({ question, attempt, state: stateOf(quote, hasField) }),
        (error: unknown) => {
          if (controller.signal.aborted) return;
          const message = error instanceof Error ? error.message : "The server does not answer.";
          setAnswer({ question, attempt, state: { kind: "unreachable", message } });
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [question, attempt, hasField]);

  if (answer !== null && answer.question === question && answer.attempt === attempt) {
    return { state: answer.state, again };
  }
  return { state: { kind: "waiting", last: answer?.state.kind === "quoted" ? answer.state.quote : null }, again };
}

function stateOf(quote: NewStudyQuoteQuery["quote"], hasField: (field: string) => boolean): QuoteState {
  switch (quote.__typename) {
    case "StudyQuote":
      return { kind: "quoted", quote };
    case "InvalidInput":
      return { kind: "refused", issues: formIssues(quote, hasField) };
    case "NotFound":
      return { kind: "refused", issues: [{ field: "experiment", message: quote.message }] };
    default:
      return quote satisfies never;
  }
}
