/** One thing wrong, at the field that it belongs to: `title`, `seeds`, `draws`, `sweep`, `param.width`, or `` for the whole form. */
export interface FormIssue {
  readonly field: string;
  readonly message: string;
}

/** The form's field for a path into `StudyInput`: `sweep.axes.width.ladder.to` is said beside the width. */
export function fieldOfPath(path: string): string {
  const [head = "", group = "", ...rest] = path.split(".");
  if (head === "seed" || head === "seeds") return "seeds";
  // The quote and an extension may name paths into the sweep itself; a study names them under `sweep`.
  if (["fixed", "axes", "random", "params"].includes(head)) return fieldOfPath(`sweep.${path}`);
  if (head !== "sweep") return head;
  switch (group) {
    case "seeds":
      return "seeds";
    case "fixed":
    case "axes":
    case "params":
      return rest[0] ? `param.${rest[0]}` : "sweep";
    case "random":
      return rest[0] === "params" && rest[1] ? `param.${rest[1]}` : "draws";
    default:
      return "sweep";
  }
}

/** What the server refused, at the fields of the form. Fields that the form lacks are said at its head. */
export function formIssues(
  failure: {
    readonly message: string;
    readonly issues: readonly { readonly path: string; readonly message: string }[];
  },
  hasField: (field: string) => boolean,
): FormIssue[] {
  if (failure.issues.length === 0) return [{ field: "", message: failure.message }];
  return failure.issues.map(({ path, message }) => {
    const field = fieldOfPath(path);
    return hasField(field) ? { field, message } : { field: "", message: path === "" ? message : `${path}: ${message}` };
  });
}
