"use client";

import { RenameContributorDocument } from "@widefield/graphql/documents";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { request } from "../api/request.ts";
import { Button } from "../ui/button.tsx";
import { describedBy, Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import styles from "./contributor.module.css";

const HINT = "Shown beside your results. Everybody can read it.";

/** Changes the reader's own name where it is shown. */
export function Rename({ name }: { readonly name: string }) {
  const router = useRouter();
  const [typed, setTyped] = useState(name);
  const [error, setError] = useState<string>();
  const [saved, setSaved] = useState<string | null>(null);
  const [busy, start] = useTransition();

  const rename = () =>
    start(async () => {
      setError(undefined);
      setSaved(null);
      try {
        const { renameVolunteer } = await request(RenameContributorDocument, { name: typed });
        if (renameVolunteer.__typename === "Volunteer") {
          setTyped(renameVolunteer.name);
          setSaved(renameVolunteer.name);
          router.refresh();
        } else if (renameVolunteer.__typename === "InvalidInput") {
          setError(renameVolunteer.issues[0]?.message ?? renameVolunteer.message);
        } else setError(renameVolunteer.message);
      } catch (reason) {
        setError(reason instanceof Error ? reason.message : "The server does not answer. Try again.");
      }
    });

  return (
    <form
      className={styles.rename}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        rename();
      }}
    >
      <Field id="own-name" label="Your name" hint={HINT} error={error}>
        <Input
          id="own-name"
          {...describedBy("own-name", { hint: HINT, error })}
          value={typed}
          maxLength={100}
          autoComplete="nickname"
          onChange={(event) => setTyped(event.target.value)}
        />
      </Field>
      <Button type="submit" aria-busy={busy} disabled={busy || typed.trim() === name}>
        {busy ? "Saving …" : "Rename"}
      </Button>
      <p className={styles.said} aria-live="polite">
        {saved === null ? "" : `You are ${saved} now.`}
      </p>
    </form>
  );
}
