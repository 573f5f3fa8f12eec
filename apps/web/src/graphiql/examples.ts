import type { Example } from "./explorer.tsx";

/** Worked examples, one to a tab. Each runs as it stands on a server that has the example studies. */
export const examples: readonly Example[] = [
  {
    query: `# The studies that exist, newest first, and how far they are.
# Press the button beside, or Ctrl-Enter, to run it.
query Studies {
  studies(first: 10, orderBy: { field: PUBLISHED_AT }) {
    totalCount
    nodes {
      slug
      title
      state
      axes {
        param
        values
      }
      progress {
        trials
        decided
        diverged
        fraction
      }
    }
  }
}
`,
  },
  {
    query: `# How far features move, by parametrization and width: the server
# computes means and 95 % intervals over the seeds.
query FeatureMovement {
  study(slug: "feature-movement") {
    resultGroups(
      groupBy: ["point", "width"]
      metrics: ["featureMovement.1", "featureMovement.2"]
    ) {
      key
      count
      statistics {
        metric
        mean
        confidenceLow
        confidenceHigh
      }
    }
  }
}
`,
  },
  {
    query: `# What infinite-width theory predicts for each parametrization of a study.
query Theory {
  study(slug: "feature-movement") {
    theory(groupBy: ["point"]) {
      key
      theory {
        verdict
        summary
        exponents
        assumptions
      }
    }
  }
}
`,
  },
  {
    query: `# The best results of one width, with their learning curves and
# the host that computed each.
query BestResults($width: JSON!) {
  results(
    first: 5
    where: {
      study: "single-index-transfer"
      params: [{ param: "width", equals: $width }]
      outcome: [SUCCEEDED]
    }
    orderBy: { metric: "finalTestLoss" }
  ) {
    totalCount
    nodes {
      params
      seed
      metrics(names: ["finalTestLoss"]) {
        name
        value
      }
      curves(names: ["testLoss"]) {
        steps
        values
      }
      host {
        name
        numericsClass
      }
    }
  }
}
`,
    variables: '{ "width": 64 }',
  },
  {
    query: `# One trial down to its replicas: who computed them, what they measured,
# and which became the answer.
query Provenance {
  study(slug: "feature-movement") {
    trials(first: 1, where: { state: [VALID] }) {
      nodes {
        digest
        params
        seed
        replicas {
          verdict
          canonical
          backend
          numericsClass
          host {
            name
          }
          metrics {
            name
            value
          }
        }
      }
    }
  }
}
`,
  },
  {
    query: `# What a study would cost, before it is made.
query Quote {
  quote(
    experiment: "feature-learning.mlp"
    sweep: {
      fixed: { dataset: "single-index", steps: 200 }
      axes: {
        point: ["mup", "sp"]
        width: { ladder: { from: 64, to: 1024 } }
        learningRate: { geometric: { from: 0.25, to: 4, count: 5 } }
      }
      seeds: 3
    }
  ) {
    ... on StudyQuote {
      trials
      adoptable
      flops
      volunteerHours
      warnings
    }
    ... on Failure {
      message
    }
  }
}
`,
  },
  {
    query: `# Live: the present state at once, then every change. Stop it with the same button.
subscription Progress {
  studyProgress(slug: "single-index-transfer") {
    state
    decided
    trials
    activeLeases
    fraction
  }
}
`,
  },
];
