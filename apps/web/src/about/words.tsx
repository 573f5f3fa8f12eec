import styles from "./words.module.css";

const words: readonly (readonly [string, string])[] = [
  [
    "Experiment",
    "A versioned function from params and a seed to a result. The same code gives the same numbers on every machine, within its tolerances.",
  ],
  [
    "Study",
    "A frozen question: an experiment, a sweep, and how many replicas must agree. Published, it can be extended but not edited.",
  ],
  ["Sweep", "The rule that expands a study into trials: a grid, random draws, a ladder of widths, seeds."],
  ["Trial", "One configuration and one seed, named by a digest of its content."],
  ["Work unit", "What is handed to a host: one trial, or several that run well together."],
  ["Lease", "A host’s claim on a work unit for a limited time. When it runs out, somebody else gets the unit."],
  ["Result, replica", "What a host reports for a trial. Several replicas of one trial are compared."],
  ["Quorum", "How many replicas must agree."],
  ["Numerics class", "Hosts whose GPUs and browsers are expected to agree closely."],
  ["Host, volunteer", "A browser or machine that computes; the person or account behind it."],
  ["Parametrization", "How initial weights and learning rates scale with the width: μP, SP, NTP, and others."],
];

/** The vocabulary of the site, one meaning each. */
export function Words() {
  return (
    <dl className={styles.words}>
      {words.map(([word, meaning]) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
