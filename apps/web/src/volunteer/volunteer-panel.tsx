"use client";

import type { VolunteerPageQuery } from "@widefield/graphql/documents";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Credit } from "./credit.tsx";
import { EndNotice } from "./end-notice.tsx";
import { type AskedStudy, noWork } from "./no-work.ts";
import { NoWorkNotice } from "./no-work-notice.tsx";
import { DEFAULT_SETTINGS, readSettings, type VolunteerSettings, writeSettings } from "./settings.ts";
import { SettingsCard } from "./settings-card.tsx";
import { StartCard } from "./start-card.tsx";
import styles from "./volunteer-panel.module.css";
import {
  chooseForVolunteer,
  currentView,
  pauseVolunteer,
  resumeVolunteer,
  startVolunteer,
  stopVolunteer,
  subscribe,
} from "./volunteer-store.ts";
import { IDLE } from "./volunteer-view.ts";
import { WorkCard } from "./work-card.tsx";
import { choiceAddress, firstChoice, namesWork, type WorkChoice } from "./work-choice.ts";

interface VolunteerPanelProps {
  readonly page: VolunteerPageQuery;
  /** From the page's address. */
  readonly choice: WorkChoice;
  /** The study that the address names. */
  readonly askedStudy: AskedStudy;
}

/** Everything that moves on the volunteer page. */
export function VolunteerPanel({ page, choice: asked, askedStudy }: VolunteerPanelProps) {
  const view = useSyncExternalStore(subscribe, currentView, () => IDLE);
  const [settings, setSettings] = useState<VolunteerSettings>(DEFAULT_SETTINGS);
  const [choice, setChoice] = useState(asked);
  const active = view.phase === "loading" || view.phase === "running";
  const button = useRef<HTMLButtonElement>(null);
  const wasActive = useRef(active);

  useEffect(() => setSettings(readSettings()), []);

  // A link to this page may name other work than what is under way: who follows it wants that work.
  const { study, family } = asked;
  useEffect(() => {
    const named = { study, family };
    const { phase, status } = currentView();
    setChoice(firstChoice(named, phase === "running" && status ? status.choices : null));
    if (namesWork(named)) chooseForVolunteer(named);
  }, [study, family]);

  // The button under the finger changes with the card: keep the keyboard where it was.
  useEffect(() => {
    if (wasActive.current !== active) button.current?.focus({ preventScroll: true });
    wasActive.current = active;
  }, [active]);

  const changeSettings = (change: Partial<VolunteerSettings>) => {
    const next = { ...settings, ...change };
    setSettings(next);
    writeSettings(next);
    chooseForVolunteer(change);
  };
  const changeChoice = (next: WorkChoice) => {
    setChoice(next);
    history.replaceState(null, "", choiceAddress(next));
    chooseForVolunteer(next);
  };

  const none = noWork(choice, page.studies.nodes, askedStudy?.slug === choice.study ? askedStudy : null);
  return (
    <div className={styles.panel}>
      <div className={styles.main}>
        {none ? <NoWorkNotice why={none} onOther={() => changeChoice({ study: null, family: null })} /> : null}
        {view.end ? <EndNotice view={view} /> : null}
        {active ? (
          <WorkCard
            view={view}
            page={page}
            stopButton={button}
            onPause={pauseVolunteer}
            onResume={resumeVolunteer}
            onStop={stopVolunteer}
          />
        ) : (
          <StartCard
            end={view.end}
            study={page.studies.nodes.find(({ slug }) => slug === choice.study)}
            startButton={button}
            onStart={() => startVolunteer({ ...settings, ...choice })}
          />
        )}
        <Credit initial={page.viewer} units={view.status?.tally.units ?? 0} />
      </div>
      <SettingsCard
        settings={settings}
        choice={choice}
        studies={page.studies.nodes}
        askedStudy={askedStudy}
        onSettings={changeSettings}
        onChoice={changeChoice}
      />
    </div>
  );
}
