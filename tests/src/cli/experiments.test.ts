import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { widefield } from "./command.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "widefield-cli-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const small = { width: 8, steps: 4, evalEvery: 2, evalSize: 16, trainSize: 32, batchSize: 16 };

describe("list and describe", () => {
  test("list names every experiment with its version", async () => {
    const { code, stdout } = await widefield(["list"]);
    expect(code).toBe(0);
    expect(stdout).toContain("feature-learning.mlp@1");
  });

  test("describe prints a JSON Schema with help, units and defaults", async () => {
    const { code, stdout } = await widefield(["describe", "feature-learning.mlp"]);
    const schema = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(schema).toMatchObject({ type: "object", experiment: "feature-learning.mlp", version: 1 });
    expect(schema.properties.width).toMatchObject({ type: "integer", title: "Width", unit: "neurons", default: 256 });
    expect(schema.additionalProperties).toBe(false);
  });

  test.each(["feature-learning.nothing", "feature-learning.mlp@99"])(
    "describe %s lists what there is",
    async (name) => {
      const { code, stdout, stderr } = await widefield(["describe", name]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain("feature-learning.mlp@1");
    },
  );

  test("works from a folder below the root", async () => {
    expect((await widefield(["list"], { cwd: join(import.meta.dirname, "..") })).code).toBe(0);
  });
});

describe("run", () => {
  test("prints one JSON object, and progress elsewhere", async () => {
    const args = ["run", "feature-learning.mlp", "--params", JSON.stringify(small), "--seed", "3", "--backend", "wasm"];
    const { code, stdout } = await widefield([...args, "--json"]);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      experiment: "feature-learning.mlp",
      version: 1,
      seed: 3,
      backend: "wasm",
      outcome: "SUCCEEDED",
      params: { ...small, point: "mup", dataset: "single-index" },
    });
    expect(result.metrics.finalTestLoss).toBeGreaterThan(0);
    expect(result.series.trainLoss.steps).toEqual([0, 2, 4]);
    expect(result.elapsedMs).toBeGreaterThan(0);
    expect(result.flops).toBeGreaterThan(0);
  });

  test("gives the same numbers again for the same seed, and others for another", async () => {
    const lossOf = async (seed: string) => {
      const args = ["--params", JSON.stringify(small), "--seed", seed, "--backend", "cpu", "--json"];
      return JSON.parse((await widefield(["run", "feature-learning.mlp", ...args])).stdout).metrics.finalTestLoss;
    };
    const [first, again, other] = await Promise.all([lossOf("1"), lossOf("1"), lossOf("2")]);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test("reads params from a YAML file and from standard input", async () => {
    const file = join(folder, "params.yaml");
    await writeFile(file, "width: 8\nsteps: 2\ntrainSize: 16\nevalSize: 8\n");
    const fromFile = await widefield(["run", "feature-learning.mlp", "--params", `@${file}`, "--backend", "cpu"]);
    expect(JSON.parse(fromFile.stdout).params).toMatchObject({ width: 8, steps: 2 });
    const input = '{"width":8,"steps":2,"trainSize":16,"evalSize":8}';
    const fromInput = await widefield(["run", "feature-learning.mlp", "--params", "-", "--backend", "cpu"], { input });
    expect(JSON.parse(fromInput.stdout).metrics).toMatchObject({
      finalTestLoss: JSON.parse(fromFile.stdout).metrics.finalTestLoss,
    });
  });

  test("a divergence is a result: null where it is not finite, the step, and exit code 0", async () => {
    const params = JSON.stringify({ ...small, learningRate: 1e6, steps: 50 });
    const { code, stdout } = await widefield(["run", "feature-learning.mlp", "--params", params, "--backend", "cpu"]);
    const result = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(result.outcome).toBe("DIVERGED");
    expect(result.divergedAtStep).toBeGreaterThan(0);
  });

  test.each([
    ["a width of zero", '{"width":0}', "width"],
    ["an unknown name, with those it knows", '{"witdh":8}', "learningRate"],
    ["a wrong type", '{"depth":"two"}', "depth"],
    ["params that do not fit together", '{"point":"explicit"}', "Explicit exponents need a"],
    ["what is no JSON", "{width:8", "JSON"],
    ["a list", "[1]", "fit"],
    ["a file that is not there", "@/nowhere/params.json", "does not exist"],
  ])("refuses %s with exit code 2 and a readable message", async (_what, params, says) => {
    const { code, stdout, stderr } = await widefield(["run", "feature-learning.mlp", "--params", params]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test("refuses a trial that no device of this machine can hold", async () => {
    const params = '{"width":16384,"depth":8,"batchSize":4096}';
    const { code, stderr } = await widefield(["run", "feature-learning.mlp", "--params", params, "--backend", "wasm"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/needs .*B.* at most|needs .*B of memory/);
  });

  test.each([
    ["--seed", "-1"],
    ["--seed", "1.5"],
    ["--backend", "abacus"],
    ["--nonsense", "1"],
  ])("refuses %s %s", async (option, value) => {
    expect((await widefield(["run", "feature-learning.mlp", option, value])).code).toBe(2);
  });
});

describe("classify", () => {
  const classified = async (...args: string[]) => {
    const { code, stdout, stderr } = await widefield(["classify", "--json", ...args]);
    if (code !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  };

  // families/feature-learning.md, section 1.
  test.each([
    ["mup", "2", "feature", 0],
    ["sp", "2", "kernel", 0.5],
    ["ntp", "3", "kernel", 0.5],
    ["mfp", "1", "feature", 0],
    ["sp", "1", "kernel", 1.5],
    ["up:0.25", "2", "kernel", 0.25],
  ])("%s with %s hidden layers is %s, r = %d", async (point, layers, verdict, r) => {
    expect(await classified("--point", point, "--layers", layers)).toMatchObject({ verdict, r });
  });

  test("takes exponents that begin with a minus sign, joined or apart", async () => {
    const joined = await classified("--a=-0.5,0,0.5", "--b=0.5,0.5,0.5", "--c=0", "--layers=2");
    const apart = await classified("--a", "-0.5,0,0.5", "--b", "0.5,0.5,0.5", "--c", "0", "--layers", "2");
    expect(joined).toMatchObject({ verdict: "feature", r: 0 });
    expect(apart).toEqual(joined);
  });

  test("SP at learning rate 1 is unstable, muP at 1/n is trivial", async () => {
    expect(await classified("--a=0,0,0", "--b=0,0.5,0.5", "--c=0", "--layers=2")).toMatchObject({
      verdict: "unstable",
    });
    expect(await classified("--a=-0.5,0,0.5", "--b=0.5,0.5,0.5", "--c=1", "--layers=2")).toMatchObject({
      verdict: "trivial",
    });
  });

  test("knows Adam's theorem", async () => {
    expect(await classified("--optimizer", "adam", "--point", "mup", "--layers", "2")).toMatchObject({
      verdict: "feature",
    });
    expect(await classified("--optimizer", "adam", "--point", "sp", "--layers", "2")).toMatchObject({
      verdict: "unstable",
    });
  });

  test.each([
    [["--point", "nothing", "--layers", "2"], "mup, sp, ntp, mfp"],
    [["--point", "mup"], "layers"],
    [["--a=0,0", "--b=0,0,0", "--c=0", "--layers=2"], "need 3"],
    [["--a=0,x,0", "--b=0,0,0", "--c=0", "--layers=2"], "not a number"],
    [["--layers", "2"], "--point"],
    [["--point", "mup", "--a=0,0,0", "--layers", "2"], "not both"],
  ])("refuses %j", async (args, says) => {
    const { code, stdout, stderr } = await widefield(["classify", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(says);
  });
});

test("help names every command and needs no server", async () => {
  const { code, stdout } = await widefield(["--help"]);
  expect(code).toBe(0);
  for (const command of [
    "start",
    "open",
    "data",
    "list",
    "describe",
    "run",
    "classify",
    "volunteer",
    "study",
    "query",
  ]) {
    expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, "m"));
  }
  expect(stdout).not.toContain("serve-site");
});
