import type { VolunteerPageQuery } from "@widefield/graphql/documents";
import { knowsBattery } from "@widefield/volunteer/browser/watch-surroundings";
import { useEffect, useState } from "react";
import { Card } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { Checkbox, Select } from "../ui/input.tsx";
import type { AskedStudy } from "./no-work.ts";
import type { VolunteerSettings } from "./settings.ts";
import styles from "./settings-card.module.css";
import { choiceOf, choiceValue, type WorkChoice } from "./work-choice.ts";

interface SettingsCardProps {
  readonly settings: VolunteerSettings;
  readonly choice: WorkChoice;
  readonly studies: VolunteerPageQuery["studies"]["nodes"];
  /** The study that the page's address names, whether or not it is among these. */
  readonly askedStudy: AskedStudy;
  onSettings(change: Partial<VolunteerSettings>): void;
  onChoice(choice: WorkChoice): void;
}

/** How hard, when and for what this browser works. Every change counts at once. */
export function SettingsCard({ settings, choice, studies, askedStudy, onSettings, onChoice }: SettingsCardProps) {
  const [battery, setBattery] = useState(true);
  useEffect(() => setBattery(knowsBattery()), []);
  const percent = Math.round(settings.intensity * 100);
  const families = [...new Set(studies.map(({ family }) => family))].sort();
  const gone = choice.study !== null && !studies.some(({ slug }) => slug === choice.study);
  return (
    <Card className={styles.card ?? ""} aria-labelledby="settings-title">
      <h2 id="settings-title" className={styles.title}>
        Settings
      </h2>
      <Field
        id="intensity"
        label="Intensity"
        hint="The share of the time that your device works. Less is cooler and quieter."
      >
        <div className={styles.slider}>
          <input
            id="intensity"
            type="range"
            min={10}
            max={100}
            step={10}
            value={percent}
            aria-describedby="intensity-hint"
            aria-valuetext={`${percent} percent`}
            onChange={(event) => onSettings({ intensity: Number(event.target.value) / 100 })}
          />
          <output htmlFor="intensity">{percent} %</output>
        </div>
      </Field>
      <div className={styles.checks}>
        <Checkbox
          checked={settings.onlyWhenVisible}
          onChange={(event) => onSettings({ onlyWhenVisible: event.target.checked })}
        >
          Only while this page is visible
        </Checkbox>
        <Checkbox
          checked={settings.pauseOnBattery && battery}
          disabled={!battery}
          onChange={(event) => onSettings({ pauseOnBattery: event.target.checked })}
        >
          Pause on battery
          {battery ? null : <span className={styles.hint}>This browser does not tell whether it runs on battery.</span>}
        </Checkbox>
      </div>
      <Field id="work" label="Work for" hint="Whatever is needed most, one family, or one study.">
        <Select
          id="work"
          aria-describedby="work-hint"
          value={choiceValue(choice)}
          onChange={(event) => onChoice(choiceOf(event.target.value))}
        >
          <option value="">Whatever is needed most</option>
          {families.length > 0 || choice.family !== null ? (
            <optgroup label="A family">
              {[...new Set([...families, ...(choice.family === null ? [] : [choice.family])])].map((family) => (
                <option key={family} value={choiceValue({ study: null, family })}>
                  {family}
                </option>
              ))}
            </optgroup>
          ) : null}
          {studies.length > 0 || gone ? (
            <optgroup label="A study">
              {gone ? (
                <option value={choiceValue(choice)}>
                  {askedStudy?.slug === choice.study ? askedStudy?.title : choice.study}
                </option>
              ) : null}
              {studies.map(({ slug, title }) => (
                <option key={slug} value={choiceValue({ study: slug, family: null })}>
                  {title}
                </option>
              ))}
            </optgroup>
          ) : null}
        </Select>
      </Field>
    </Card>
  );
}
