import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureOperator } from "@widefield/graphql/auth/operator";
import { createHandler } from "@widefield/graphql/http/handler";
import { serveNode } from "@widefield/graphql/http/node-server";
import { openDatabase } from "@widefield/prisma/open-database";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshDatabase } from "../testkit/database.ts";
import { type CommandEnd, widefield } from "./command.ts";

const closers: (() => Promise<unknown>)[] = [];
let folder = "";
let url = "";
let operatorToken = "";
let databaseUrl = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "widefield-cli-"));
  databaseUrl = (await freshDatabase("pglite")).url;
  const database = openDatabase(databaseUrl);
  const handler = createHandler({ database, secret: "a secret of thirty-two characters" });
  const server = await serveNode(handler);
  url = server.url;
  operatorToken = (await ensureOperator(database)).token;
  closers.push(
    () => server.close(),
    () => database.close(),
    () => rm(folder, { recursive: true, force: true }),
  );
});

afterAll(async () => {
  for (const close of closers) await close();
});

const at = (...args: string[]): Promise<CommandEnd> =>
  widefield([...args, "--url", url], { env: { WIDEFIELD_DATA_DIR: folder } });
const asOperator = (...args: string[]): Promise<CommandEnd> =>
  widefield([...args, "--url", url], { env: { WIDEFIELD_DATA_DIR: folder, WIDEFIELD_TOKEN: operatorToken } });

const study = `
slug: tiny-widths
title: Tiny widths
question: Does anything happen at widths 4 and 8?
experiment: feature-learning.mlp
sweep:
  fixed: { dataset: gaussian, inputDim: 4, trainSize: 4, evalSize: 4, batchSize: 4, loss: linear, steps: 3 }
  axes:
    point: [mup, sp]
    width: [4, 8]
  seeds: 2
quorum: 1
`;

async function fileWith(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return `@${file}`;
}

describe("a study from a file to its results", () => {
  test("create --publish makes an account, keeps it to itself, and publishes", async () => {
    const { code, stdout, stderr } = await at("study", "create", await fileWith("tiny.yaml", study), "--publish");
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      slug: "tiny-widths",
      published: true,
      url: `${url}/studies/tiny-widths`,
    });
    const kept = JSON.parse(await readFile(join(folder, "credentials.json"), "utf8"));
    expect(Object.keys(kept)).toEqual([url]);
    expect((await stat(join(folder, "credentials.json"))).mode & 0o077).toBe(0);
  });

  test("show and list say how far it is", async () => {
    const shown = JSON.parse((await at("study", "show", "tiny-widths")).stdout);
    expect(shown).toMatchObject({ state: "ACTIVE", experimentVersion: 1, progress: { trials: 8, decided: 0 } });
    expect((await at("study", "list")).stdout).toMatch(/^tiny-widths +active +0\/8 +Tiny widths$/m);
  });

  test("volunteer computes it to its end, with its story on standard error", async () => {
    const { code, stdout, stderr } = await at("volunteer", "--backend", "wasm", "--max-units", "2");
    expect(code, stderr).toBe(0);
    expect(stdout).toBe("");
    expect(stderr).toContain("Tiny widths");
    const shown = JSON.parse((await at("study", "show", "tiny-widths")).stdout);
    expect(shown).toMatchObject({ state: "FINISHED", progress: { valid: 8, decided: 8 } });
  });

  test("results come as CSV, NDJSON and filtered", async () => {
    const csv = (await at("study", "results", "tiny-widths", "--format", "csv")).stdout.trim().split("\n");
    expect(csv).toHaveLength(9);
    expect(csv[0]?.split(",")).toEqual(expect.arrayContaining(["seed", "param.width", "metric.finalTestLoss"]));
    const rows = (await at("study", "results", "tiny-widths", "--format", "ndjson")).stdout.trim().split("\n");
    expect(rows.map((row) => JSON.parse(row))).toHaveLength(8);
    const where = '{"params":[{"param":"width","equals":8}]}';
    const some = await at("study", "results", "tiny-widths", "--format", "ndjson", "--where", where);
    expect(some.stdout.trim().split("\n")).toHaveLength(4);
  });

  test("a file published again is refused in words", async () => {
    const file = await fileWith("tiny.yaml", study);
    const { code, stderr } = await at("study", "create", file);
    expect(code).not.toBe(0);
    expect(stderr.match(/tiny-widths/g)).toHaveLength(1);
    // The same question, asked by somebody else, at another address.
    const renamed = await at("study", "create", file, "--slug", "tiny-renamed");
    expect(renamed).toMatchObject({ code: 0, stdout: expect.stringContaining("tiny-renamed") });
  });

  test("a draft is published, paused and resumed by its author alone", async () => {
    const other = study.replace("tiny-widths", "tiny-draft").replace("seeds: 2", "seeds: 5");
    const made = await widefield(["study", "create", "-", "--url", url], {
      env: { WIDEFIELD_DATA_DIR: folder },
      input: other,
    });
    expect(JSON.parse(made.stdout)).toMatchObject({ slug: "tiny-draft", published: false });
    expect((await at("study", "publish", "tiny-draft")).code).toBe(0);
    const stranger = join(folder, "stranger");
    const refused = await widefield(["study", "pause", "tiny-draft", "--url", url], {
      env: { WIDEFIELD_DATA_DIR: stranger },
    });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("WIDEFIELD_TOKEN");
    expect((await at("study", "pause", "tiny-draft")).stdout).toBe("tiny-draft is paused.\n");
    expect((await at("study", "resume", "tiny-draft")).stdout).toBe("tiny-draft is active.\n");
    expect((await asOperator("study", "pause", "tiny-draft")).code).toBe(0);
  });
});

describe("study files that are none", () => {
  test.each([
    [
      "a missing and an unknown field",
      "title: x\nquestion: y\nexperiment: z\nswep: {}",
      ["sweep is missing", "swep is unknown"],
    ],
    ["no mapping", "- 1\n- 2", ["holds no study"]],
    ["no YAML", "title: [unclosed", ["not YAML"]],
    [
      "an unknown experiment",
      study.replace("feature-learning.mlp", "feature-learning.nothing"),
      ["feature-learning.nothing"],
    ],
    ["params outside the schema", study.replace("[4, 8]", "[4, -8]"), ["width"]],
    ["an empty sweep", study.replace("[4, 8]", "[]"), ["width"]],
    ["a million trials", study.replace("seeds: 2", "seeds: 500000"), ["100"]],
    ["a quorum of nine", study.replace("quorum: 1", "quorum: 9"), ["quorum"]],
  ])("%s", async (name, text, says) => {
    const { code, stdout, stderr } = await at(
      "study",
      "create",
      await fileWith(`${name.replaceAll(" ", "-")}.yaml`, text),
    );
    expect(code, stderr).not.toBe(0);
    expect(stdout).toBe("");
    for (const words of says) expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe("query", () => {
  test("prints the answer as it came", async () => {
    const { code, stdout } = await at("query", "{ commons { studies } }");
    expect(code).toBe(0);
    expect(JSON.parse(stdout).data.commons.studies).toBeGreaterThan(0);
  });

  test("takes variables, files and an account", async () => {
    const file = await fileWith(
      "one.graphql",
      "query One($slug: String!) { study(slug: $slug) { title } viewer { isAnonymous } }",
    );
    const { stdout } = await at("query", file, "--variables", '{"slug":"tiny-widths"}', "--signed-in");
    expect(JSON.parse(stdout)).toEqual({ data: { study: { title: "Tiny widths" }, viewer: { isAnonymous: true } } });
  });

  test("errors are printed and make it fail", async () => {
    const { code, stdout } = await at("query", "{ nothing }");
    expect(code).toBe(1);
    expect(JSON.parse(stdout).errors[0].message).toContain("nothing");
  });
});

describe("servers that are none", () => {
  test.each([
    ["study list", ["study", "list"]],
    ["study results", ["study", "results", "x"]],
    ["query", ["query", "{ commons { studies } }"]],
    ["study create", ["study", "create", "-"]],
  ])("%s says that nobody answers", async (_name, args) => {
    const env = { WIDEFIELD_DATA_DIR: join(folder, "nobody") };
    const { code, stderr } = await widefield([...args, "--url", "http://127.0.0.1:9"], { env, input: study });
    expect(code).toBe(1);
    expect(stderr).toContain("does not answer");
  });

  test("another program's server is told apart", async () => {
    const server = createServer((_request, response) => response.end("<html>hello</html>"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closers.push(() => new Promise((resolve) => server.close(resolve)));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { code, stderr } = await widefield(["study", "list", "--url", address]);
    expect(code).toBe(1);
    expect(stderr).toContain("not GraphQL");
  });

  test.each(["ftp://example.org", "http://", "not a url"])("%s is no address", async (address) => {
    const { code, stderr } = await widefield(["study", "list", "--url", address]);
    expect(code).toBe(2);
    expect(stderr).toContain("not the address of a server");
  });

  test("a study that is not there", async () => {
    for (const args of [
      ["study", "show", "no-such-study"],
      ["study", "results", "no-such-study"],
    ]) {
      const { code, stderr } = await at(...args);
      expect(code).toBe(1);
      expect(stderr).toContain("no-such-study");
    }
  });
});

describe("data", () => {
  const local = (...args: string[]) =>
    widefield(["data", ...args], { env: { DATABASE_URL: databaseUrl, WIDEFIELD_DATA_DIR: folder } });

  test("an import is listed, and a damaged one is refused", async () => {
    const idx = (dimensions: readonly number[], bytes: readonly number[]) => {
      const header = Buffer.alloc(4 + 4 * dimensions.length);
      header.writeUInt32BE(0x0800 + dimensions.length, 0);
      for (const [index, size] of dimensions.entries()) header.writeUInt32BE(size, 4 + 4 * index);
      return Buffer.concat([header, Buffer.from(bytes)]);
    };
    const inputs = join(folder, "inputs");
    const labels = join(folder, "labels");
    await writeFile(inputs, idx([3, 2], [0, 1, 2, 3, 4, 5]));
    await writeFile(labels, idx([3], [0, 1, 2]));
    const files = [
      "--train-inputs",
      inputs,
      "--train-labels",
      labels,
      "--test-inputs",
      inputs,
      "--test-labels",
      labels,
    ];
    expect((await local("import", "three-points", ...files)).stdout).toContain("2 features, 3 classes");
    expect((await local("list")).stdout).toMatch(/^three-points +2 +3 /m);
    await writeFile(labels, idx([2], [0, 1]));
    const damaged = await local("import", "two-labels", ...files);
    expect(damaged.code).toBe(2);
    expect(damaged.stderr).toContain("3 train inputs but 2 labels");
  });

  test("files that are left out are asked for", async () => {
    const { code, stderr } = await local("import", "nothing");
    expect(code).toBe(2);
    expect(stderr).toContain("--train-inputs");
  });
});
