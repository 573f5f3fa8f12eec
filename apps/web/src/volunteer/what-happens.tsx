import Link from "next/link";
import styles from "./what-happens.module.css";

/** What pressing the button does, and what it is for; read by the server. */
export function WhatHappens() {
  return (
    <ol className={styles.list}>
      <Step title="Your browser takes a small piece">
        It loads the numerics (less than 1 MB), leases a unit of an open study, a few networks to train, and fetches the
        data they need.
      </Step>
      <Step title="Your GPU trains the networks">
        Through WebGPU, inside the browser’s own walls: nothing on your machine is read, and nothing but numbers leaves
        it. It uses electricity, and a laptop may get warm; the intensity is yours to set.
      </Step>
      <Step title="Another volunteer checks them">
        Each result counts once independent replicas agree. Then it belongs to everybody, as open data with its
        provenance.
      </Step>
      <Step title="You are credited">
        An anonymous account is made for this browser, by a cookie. You can give it a name on{" "}
        <Link href="/contributors">the contributors’ page</Link>.
      </Step>
    </ol>
  );
}

function Step({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <li className={styles.step}>
      <h3>{title}</h3>
      <p>{children}</p>
    </li>
  );
}
