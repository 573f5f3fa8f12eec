"use client";

import { useEffect, useId, useState } from "react";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { Field } from "../ui/field.tsx";
import { TextArea } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";
import { Tabs } from "../ui/tabs.tsx";
import styles from "./file-panel.module.css";
import { type FileFormat, readStudyFile, writeStudyFile } from "./study-file.ts";
import type { StudyContent } from "./study-of-draft.ts";

export interface FilePanelProps {
  /** What stands in the form; null while the sweep cannot be read. */
  readonly study: StudyContent | null;
  /** Fills the form; returns what of the file it could not use. @throws Error in words for a person. */
  readonly onImport: (content: unknown) => readonly string[];
}

/** The study as a file, to take away or to bring along. */
export function FilePanel({ study, onImport }: FilePanelProps) {
  return (
    <Tabs
      label="Study file"
      tabs={[
        { id: "yaml", label: "YAML", content: <Shown study={study} format="yaml" /> },
        { id: "json", label: "JSON", content: <Shown study={study} format="json" /> },
        { id: "import", label: "Import", content: <Import onImport={onImport} /> },
      ]}
    />
  );
}

function Shown({ study, format }: { readonly study: StudyContent | null; readonly format: FileFormat }) {
  const [text, setText] = useState("");
  useEffect(() => {
    if (study === null) return;
    let current = true;
    writeStudyFile(study, format).then(
      (written) => current && setText(written),
      () => current && setText(JSON.stringify(study, null, 2)),
    );
    return () => {
      current = false;
    };
  }, [study, format]);
  if (study === null) return <p className={styles.note}>There is no file until the fields marked above are right.</p>;
  return (
    <div className={styles.stack}>
      <CodeBlock label={`study as ${format.toUpperCase()}`} text={text} />
      <p className={styles.note}>
        From a terminal: <code>npx widefield study create @study.{format} --url …</code>
      </p>
    </div>
  );
}

function Import({ onImport }: { readonly onImport: FilePanelProps["onImport"] }) {
  const id = useId();
  const [text, setText] = useState("");
  const [error, setError] = useState<string>();
  const [done, setDone] = useState<readonly string[] | null>(null);

  async function take(content: string): Promise<void> {
    setDone(null);
    setError(undefined);
    try {
      setDone(onImport(await readStudyFile(content)));
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : "This file cannot be read.");
    }
  }

  return (
    <div className={styles.stack}>
      <Field id={id} label="YAML or JSON of a study" error={error}>
        <TextArea
          id={id}
          rows={8}
          spellCheck={false}
          value={text}
          className={styles.mono ?? ""}
          aria-describedby={error ? `${id}-error` : undefined}
          aria-invalid={error ? true : undefined}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <div className={styles.actions}>
        <Button onClick={() => void take(text)}>Fill in the form</Button>
        <label className={styles.file}>
          <span>or choose a file</span>
          <input
            type="file"
            accept=".yaml,.yml,.json,application/json,application/yaml,text/yaml"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = "";
              file?.text().then(
                (content) => {
                  setText(content);
                  void take(content);
                },
                () => setError("This file cannot be read."),
              );
            }}
          />
        </label>
      </div>
      <div aria-live="polite">
        {done ? (
          <Notice tone={done.length > 0 ? "warn" : "good"} title="The form is filled in.">
            {done.length > 0 ? (
              <ul>
                {done.map((problem) => (
                  <li key={problem}>{problem}</li>
                ))}
              </ul>
            ) : null}
          </Notice>
        ) : null}
      </div>
    </div>
  );
}
