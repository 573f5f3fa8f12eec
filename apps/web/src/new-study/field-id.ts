/** The id of the control that an issue's field names, such as `param.width`; the empty field is the form itself. */
export function fieldId(field: string): string {
  return `field-${field === "" ? "form" : field.replaceAll(".", "-")}`;
}
