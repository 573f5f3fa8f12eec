import { Notice } from "../ui/notice.tsx";
import { fieldId } from "./field-id.ts";
import type { FormIssue } from "./form-issue.ts";

/** What keeps a study from being published, each with a link to its field. */
export function IssueSummary({
  issues,
  labelOf,
}: {
  readonly issues: readonly FormIssue[];
  readonly labelOf: (field: string) => string;
}) {
  if (issues.length === 0) return null;
  return (
    <Notice tone="bad" title={issues.length === 1 ? "One thing needs a look" : `${issues.length} things need a look`}>
      <ul>
        {issues.map(({ field, message }) => (
          <li key={`${field} ${message}`}>
            {field === "" ? (
              message
            ) : (
              <a
                href={`#${fieldId(field)}`}
                onClick={(event) => {
                  event.preventDefault();
                  const target = document.getElementById(fieldId(field));
                  target?.closest("details")?.setAttribute("open", "");
                  target?.scrollIntoView({ block: "center" });
                  target?.focus();
                }}
              >
                {labelOf(field)}: {message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
