import type { ReactNode } from "react";
import { ButtonLink } from "../ui/button.tsx";
import styles from "./ways-in.module.css";

/** The two ways to take part. */
export function WaysIn() {
  return (
    <div className={styles.ways}>
      <Way
        title="Volunteer"
        action={
          <ButtonLink href="/volunteer" variant="primary">
            Open the volunteer page
          </ButtonLink>
        }
      >
        Open one page and press one button. Your browser computes small pieces of open studies for as long as you like,
        as hard as you allow, and your contribution is credited. No account is needed, and you can stop at any moment.
      </Way>
      <Way title="Publish a study" action={<ButtonLink href="/new">Define a sweep</ButtonLink>}>
        Choose an experiment and the widths, learning rates and seeds to try. See what it will cost before you publish,
        watch it fill in, and download everything with its provenance. No cluster is needed.
      </Way>
    </div>
  );
}

function Way({ title, action, children }: { title: string; action: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.way}>
      <h3>{title}</h3>
      <p>{children}</p>
      {action}
    </section>
  );
}
