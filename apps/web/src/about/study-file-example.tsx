import { CodeBlock } from "../ui/code-block.tsx";

const example = `title: Does the best learning rate move with width?
question: At which learning rate does each width do best, under μP, SP and NTP?
experiment: feature-learning.mlp
sweep:
  fixed: { dataset: single-index, depth: 2, steps: 200 }
  axes:
    point: [mup, sp, ntp]
    width: { ladder: { from: 64, to: 1024, factor: 2 } }
    learningRate: { geometric: { from: 0.01, to: 1, count: 5 } }
  seeds: 3
quorum: 2
license: CC-BY-4.0`;

/** A study file that works as it stands. */
export function StudyFileExample() {
  return <CodeBlock label="An example of a study file" text={example} />;
}
