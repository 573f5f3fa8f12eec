"use client";

import { NewStudyQuoteDocument, type NewStudyQuoteQuery } from "@widefield/graphql/documents";
import { useEffect, useState } from "react";
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

/**
 * Asks the server what the sweep would cost, a moment after the last change; an answer that was overtaken is dropped.
 * Without a sweep it waits.
 */
export function useQuote(
  experiment: string,
  sweep: SweepContent | null,
  quorum: number | null,
  hasField: (field: string) => boolean,
): QuoteState {
  const question = sweep === null ? null : JSON.stringify({ experiment, sweep, quorum });
  const [answer, setAnswer] = useState<{ question: string; state: QuoteState } | null>(null);

  useEffect(() => {
    if (question === null) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      request(NewStudyQuoteDocument, JSON.parse(question), controller.signal).then(
        ({ quote }) => setAnswer({ question, state: stateOf(quote, hasField) }),
        (error: unknown) => {
          if (controller.signal.aborted) return;
          const message = error instanceof Error ? error.message : "The server does not answer.";
          setAnswer({ question, state: { kind: "unreachable", message } });
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [question, hasField]);

  if (answer !== null && answer.question === question) return answer.state;
  return { kind: "waiting", last: answer?.state.kind === "quoted" ? answer.state.quote : null };
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
