import { Badge, type Tone } from "../ui/badge.tsx";

const tones: Readonly<Record<string, Tone>> = { feature: "good", kernel: "accent", trivial: "warn", unstable: "bad" };

/** The word of infinite-width theory: feature, kernel, trivial, unstable, or what else an experiment's theory says. */
export function TheoryVerdict({ verdict }: { verdict: string }) {
  return <Badge tone={tones[verdict] ?? "plain"}>{verdict}</Badge>;
}
