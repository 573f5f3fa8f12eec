"use client";

import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useTransition } from "react";

interface FilterFormProps {
  readonly label: string;
  readonly className?: string | undefined;
  /** Kept in the address beside the form's own fields: names and values. */
  readonly keep?: readonly (readonly [string, string])[];
  readonly children: ReactNode;
}

/** A GET form whose fields are the address: a choice applies at once, text on Enter. Without scripts it is an ordinary form. */
export function FilterForm({ label, className, keep = [], children }: FilterFormProps) {
  const router = useRouter();
  const path = usePathname();
  const [pending, start] = useTransition();

  function apply(form: HTMLFormElement): void {
    const search = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && value !== "") search.append(name, value);
    }
    const text = search.toString();
    start(() => router.push(text ? `${path}?${text}` : path, { scroll: false }));
  }

  return (
    <form
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
