import { describedBy, Field } from "../ui/field.tsx";
import { Input, TextArea } from "../ui/input.tsx";
import type { Draft } from "./draft.ts";
import { fieldId } from "./field-id.ts";
import styles from "./new-study.module.css";

export interface SectionProps {
  readonly draft: Draft;
  readonly errorOf: (field: string) => string | undefined;
  readonly onChange: (change: Partial<Draft>) => void;
  /** A field was left: its error may be shown from now on. */
  readonly onLeave: (field: string) => void;
}

/** What the study is called and what it asks. */
export function QuestionSection({ draft, errorOf, onChange, onLeave }: SectionProps) {
  const hints = {
    question: "One sentence that the plots should answer.",
    description: "Optional. Why it is worth asking, and anything that a reader must know.",
    slug: "Optional. The last part of the permalink; made from the title when left empty.",
    license: "Of the results. CC-BY-4.0 lets everybody use them who names the study.",
  };
  const control = (field: keyof typeof hints | "title") => ({
    id: fieldId(field),
    value: draft[field],
    onBlur: () => onLeave(field),
    ...describedBy(fieldId(field), { hint: field === "title" ? undefined : hints[field], error: errorOf(field) }),
  });
  return (
    <div className={styles.fields}>
      <Field id={fieldId("title")} label="Title" error={errorOf("title")}>
        <Input
          {...control("title")}
          required
          maxLength={200}
          onChange={(event) => onChange({ title: event.target.value })}
        />
      </Field>
      <Field id={fieldId("question")} label="Question" hint={hints.question} error={errorOf("question")}>
        <Input
          {...control("question")}
          required
          maxLength={1000}
          onChange={(event) => onChange({ question: event.target.value })}
        />
      </Field>
      <Field id={fieldId("description")} label="Description" hint={hints.description} error={errorOf("description")}>
        <TextArea
          {...control("description")}
          rows={4}
          onChange={(event) => onChange({ description: event.target.value })}
        />
      </Field>
      <div className={styles.pair}>
        <Field id={fieldId("slug")} label="Address" hint={hints.slug} error={errorOf("slug")}>
          <Input
            {...control("slug")}
            placeholder={slugOf(draft.title)}
            spellCheck={false}
            autoCapitalize="none"
            onChange={(event) => onChange({ slug: event.target.value })}
          />
        </Field>
        <Field id={fieldId("license")} label="Licence" hint={hints.license} error={errorOf("license")}>
          <Input
            {...control("license")}
            spellCheck={false}
            onChange={(event) => onChange({ license: event.target.value })}
          />
        </Field>
      </div>
    </div>
  );
}

/** About what the server makes of a title; a suggestion only. */
function slugOf(title: string): string {
  return title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
}
