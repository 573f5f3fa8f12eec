"use client";

import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useTransition } from "react";

interface FilterFormProps {
  readonly label: string;
  readonly className?: string | undefined;
  /** Kept in the address beside the form's own fields: names and values. */
  readonly keep?: readonly (readonly [string, string])[];
  readonly children: ReactNode;
}

/**
 * A GET form whose fields are the address: a choice applies at once, text on Enter. Without scripts it is an ordinary form.
 * Give every field its value as key too: the page stays while the address changes, and React sets a default only once.
 */
export function FilterForm({ label, className, keep = [], children }: FilterFormProps) {
  const router = useRouter();
  const path = usePathname();
  const [pending, start] = useTransition();
  const ref = useRef<HTMLFormElement>(null);
  const held = useRef<string | null>(null);

  // The field in the reader's hands is a new element once its value is applied: keep the keyboard where it was.
  useEffect(() => {
    const name = held.current;
    if (pending || name === null) return;
    held.current = null;
    const field = ref.current?.elements.namedItem(name);
    if (document.activeElement === document.body && field instanceof HTMLElement) field.focus({ preventScroll: true });
  }, [pending]);

  function apply(form: HTMLFormElement): void {
    held.current = form.querySelector(":focus")?.getAttribute("name") ?? null;
    const search = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && value !== "") search.append(name, value);
    }
    const text = search.toString();
    start(() => router.push(text ? `${path}?${text}` : path, { scroll: false }));
  }

  return (
    <form
      ref={ref}
      method="get"
      aria-label={label}
      aria-busy={pending}
      className={className}
      onChange={(event) => {
        if (event.target instanceof HTMLSelectElement || isCheckbox(event.target)) apply(event.currentTarget);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        apply(event.currentTarget);
      }}
    >
      {keep.map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}

function isCheckbox(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.type === "checkbox";
}
