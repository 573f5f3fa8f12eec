import type { Example } from "./explorer.tsx";

export const examples: readonly Example[] = [
  {
    query: `# Studies that take work now, and how far they are. Press ▶ or Ctrl-Enter.
query ActiveStudies {
  studies(first: 10, where: { state: [ACTIVE] }) {
    totalCount
    nodes {
      slug
      title
      question
      progress {
        decided
        trials
        fraction
      }
    }
  }
}
`,
  },
];
