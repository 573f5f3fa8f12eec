"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import { type Draft, readDraft } from "./draft.ts";
import { draftOfStudy } from "./draft-of-study.ts";
import { forgetDraft, keepDraft, loadDraft } from "./draft-store.ts";
import { type ExperimentChoice, type ExperimentChoices, findChoice } from "./experiment-choice.ts";
import { startingDraft } from "./starting-draft.ts";

/** The study that a form begins from. */
export interface Source {
  readonly slug: string;
  /** A study file's content. */
  readonly content: unknown;
}

export interface DraftState {
  readonly draft: Draft;
  readonly choice: ExperimentChoice;
  /** Raised when the whole form was replaced, by a kept draft or a file. */
  readonly generation: number;
  /** The draft of an earlier visit was filled in. */
  readonly restored: boolean;
  readonly change: (change: (draft: Draft) => Draft) => void;
  /** Replaces the form; returns what of the content it could not use. @throws Error in words for a person. */
  readonly fill: (content: unknown) => readonly string[];
  /** Back to the beginning; the kept draft goes. */
  readonly restart: () => void;
  readonly forget: () => void;
}

/** The form's content, kept in this browser while it is typed. `choices` is not empty. */
export function useDraft(choices: ExperimentChoices, source: Source | null): DraftState {
  const initial = useMemo(() => initialDraft(choices, source), [choices, source]);
  const [state, setState] = useState({ draft: initial, generation: 0, restored: false });
  const slug = source?.slug ?? null;
  const edited = useRef(false);

  useEffect(() => {
    const kept = readDraft(loadDraft(slug), (experiment) => findChoice(choices, experiment)?.fields ?? []);
    if (kept) setState({ draft: kept, generation: 1, restored: true });
  }, [choices, slug]);

  useEffect(() => {
    if (edited.current) keepDraft(slug, state.draft);
  }, [state.draft, slug]);

  const forget = () => {
    edited.current = false;
    forgetDraft(slug);
  };
  return {
    draft: state.draft,
    choice: findChoice(choices, state.draft.experiment) ?? choices[0],
    generation: state.generation,
    restored: state.restored,
    change(change) {
      edited.current = true;
      setState((old) => ({ ...old, draft: change(old.draft) }));
    },
    fill(content) {
      const { draft, problems } = draftOfStudy(content, (name) => known(choices, name));
      if (!draft) throw new Error(problems.join(" "));
      edited.current = true;
      setState((old) => ({ draft, generation: old.generation + 1, restored: false }));
      return problems;
    },
    restart() {
      forget();
      setState((old) => ({ draft: initial, generation: old.generation + 1, restored: false }));
    },
    forget,
  };
}

function initialDraft(choices: ExperimentChoices, source: Source | null): Draft {
  const from = source && draftOfStudy(source.content, (name) => known(choices, name)).draft;
  return from ?? startingDraft(choices[0]);
}

function known(choices: readonly ExperimentChoice[], name: string) {
  const choice = findChoice(choices, name);
  return choice && { experiment: choice.key, fields: choice.fields };
}
