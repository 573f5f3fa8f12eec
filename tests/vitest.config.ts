import { createRequire } from "node:module";
import { defineConfig } from "vitest/config";

// Node resolves graphql to its CommonJS build, vite would take the other one; graphql-js refuses to live in two copies.
const graphql = createRequire(import.meta.url).resolve("graphql");

/**
 * Three projects, one after the other: what needs nothing, what needs a database or a process, what needs a browser or the
 * whole site. A folder of tests/src that is in neither of the other two lists belongs to the middle one.
 */
const pure = ["src/runner/**/*.test.ts", "src/architecture/**/*.test.ts", "src/numerics/**/*.test.ts"];
const whole = ["src/e2e/**/*.test.ts", "src/start/**/*.test.ts"];

export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
  test: {
    root: import.meta.dirname,
    globalSetup: ["src/runner/global-setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: "pure", include: pure, testTimeout: 30_000, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: {
          name: "parts",
          include: ["src/**/*.test.ts"],
          exclude: [...pure, ...whole],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "whole",
          include: whole,
          // A browser, a server and a volunteer share the cores already.
          maxWorkers: 1,
          testTimeout: 180_000,
          hookTimeout: 900_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
