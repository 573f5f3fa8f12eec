export const maxNameLength = 60;

/**
 * A name as it will be shown: without space around it or runs of space in it.
 * @returns the name, or what is wrong with it in words for its owner.
 */
export function displayName(raw: string): { readonly name: string } | { readonly problem: string } {
  const name = raw.normalize("NFC").replace(/\s+/gu, " ").trim();
  if (name === "") return { problem: "A name needs at least one letter or digit." };
  if ([...name].length > maxNameLength) return { problem: `A name has ${maxNameLength} characters at most.` };
  // Control, format (direction marks hide what a name says), private and unassigned characters.
  if (/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/u.test(name)) return { problem: "A name cannot have invisible characters." };
  if (!/[\p{L}\p{N}]/u.test(name)) return { problem: "A name needs at least one letter or digit." };
  return { name };
}
