import { metricTitle } from "../chart/metric-title.ts";
import { inSentence, paramTitle, spellValue } from "../chart/param-title.ts";
import { type Subject, tuneOf, type View, valueText } from "../chart/view.ts";
import { formatParam } from "../format/number.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/input.tsx";
import { StudyForm } from "./study-form.tsx";
import styles from "./view-controls.module.css";

interface ViewControlsProps {
  readonly subject: Subject;
  readonly view: View;
  readonly paramsSchema: unknown;
  /** Stored names that can be drawn, per-layer ones included. */
  readonly metrics: readonly string[];
  readonly keep: readonly (readonly [string, string])[];
}

/** What is drawn against what; every choice goes into the address. */
export function ViewControls({ subject, view, paramsSchema, metrics, keep }: ViewControlsProps) {
  const title = (param: string) => paramTitle(paramsSchema, param).title;
  const params = [...subject.axes.map(({ param }) => param), "seed"];
  const tune = tuneOf(subject, view);
  const held = subject.axes.filter(({ values }) => values.length > 1);
  const changed = view.xScale !== "auto" || view.yScale !== "auto" || Object.keys(view.fixed).length > 0;
  return (
    <StudyForm label="Choose the view" className={styles.controls} keep={keep}>
      <div className={styles.wide}>
        <Field id="view-y" label="Metric">
          <Select id="view-y" name="y" defaultValue={view.y} key={view.y}>
            {metrics.map((name) => (
              <option key={name} value={name}>
                {metricTitle(subject.metrics, name)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <ParamSelect id="view-x" name="x" label="Against" value={view.x} params={params} title={title} />
      <ParamSelect
        id="view-color"
        name="color"
        label="One line for each"
        value={view.color}
        params={params}
        title={title}
        none="– (one line)"
      />
      <ParamSelect
        id="view-facet"
        name="facet"
        label="One panel for each"
        value={view.facet}
        params={params}
        title={title}
        none="– (one panel)"
      />
      {tune !== null ? (
        <Field id="view-best" label={title(tune)}>
          <Select id="view-best" name="best" defaultValue={view.best ? "1" : "0"} key={String(view.best)}>
            <option value="1">the best</option>
            <option value="0">mean over all</option>
          </Select>
        </Field>
      ) : null}
      <details className={styles.more} open={changed}>
        <summary>Scales, and only some of the trials</summary>
        <div className={styles.controls}>
          <ScaleSelect id="view-xs" name="xs" label="Horizontal scale" value={view.xScale} />
          <ScaleSelect id="view-ys" name="ys" label="Vertical scale" value={view.yScale} />
          {held.map(({ param, values }) => (
            <Field key={param} id={`view-p-${param}`} label={`Only ${inSentence(title(param))}`}>
              <Select
                id={`view-p-${param}`}
                name={`p.${param}`}
                key={valueText(view.fixed[param] ?? "")}
                defaultValue={param in view.fixed ? valueText(view.fixed[param]) : ""}
              >
                <option value="">any</option>
                {values.map((value) => (
                  <option key={valueText(value)} value={valueText(value)}>
                    {spellValue(param, value) ?? formatParam(value)}
                  </option>
                ))}
              </Select>
            </Field>
          ))}
        </div>
      </details>
      <noscript>
        <Button type="submit" size="small">
          Show
        </Button>
      </noscript>
    </StudyForm>
  );
}

interface ParamSelectProps {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly value: string | null;
  readonly params: readonly string[];
  readonly title: (param: string) => string;
  /** The words for no param; left out where there must be one. */
  readonly none?: string;
}

function ParamSelect({ id, name, label, value, params, title, none }: ParamSelectProps) {
  return (
    <Field id={id} label={label}>
      <Select id={id} name={name} defaultValue={value ?? "none"} key={value}>
        {none ? <option value="none">{none}</option> : null}
        {params.map((param) => (
          <option key={param} value={param}>
            {title(param)}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function ScaleSelect({ id, name, label, value }: { id: string; name: string; label: string; value: View["xScale"] }) {
  return (
    <Field id={id} label={label}>
      <Select id={id} name={name} defaultValue={value === "auto" ? "" : value} key={value}>
        <option value="">as it suits</option>
        <option value="log">logarithmic</option>
        <option value="linear">linear</option>
      </Select>
    </Field>
  );
}
