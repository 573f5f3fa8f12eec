import { readStudyAxes } from "@widefield/graphql/study/study-axes";
import { openDatabase } from "@widefield/prisma/open-database";
import { expect, onTestFinished, test } from "vitest";
import { describeOnEachDatabase } from "../testkit/database.ts";
import { crowdStudy, seedCrowd } from "./fixture/crowd.ts";

type Trial = readonly [params: object, seed: number];

describeOnEachDatabase("a study's axes", (fresh) => {
  const cases: [string, Trial[], [string, unknown[]][]][] = [
    ["of one trial: none", [[{ width: 8 }, 0]], []],
    [
      "with the slowest first, values in order of position",
      [
        [{ point: "sp", width: 16 }, 0],
        [{ point: "sp", width: 16 }, 1],
        [{ point: "sp", width: 8 }, 0],
        [{ point: "mup", width: 16 }, 0],
        [{ point: "sp", width: 16 }, 2],
      ],
      [
        ["point", ["sp", "mup"]],
        ["width", [16, 8]],
        ["seed", [0, 1, 2]],
      ],
    ],
    [
      "within params, while lists are values",
      [
        [{ inner: { a: 1, b: 1 }, list: [1] }, 0],
        [{ inner: { a: 2, b: 1 }, list: [1, 2] }, 0],
        [{ inner: { a: 1, b: 1 }, list: [1] }, 0],
      ],
      [
        ["inner.a", [1, 2]],
        ["list", [[1], [1, 2]]],
      ],
    ],
    [
      "where some trials lack a param, or have it null: what is missing is no value, null is one",
      [
        [{ s: 1 }, 0],
        [{}, 0],
        [{ s: null, late: 1 }, 0],
        [{ late: 2 }, 0],
      ],
      [
        ["late", [1, 2]],
        ["s", [1, null]],
      ],
    ],
    [
      "with a param that is called seed in its place",
      [
        [{ seed: 7 }, 0],
        [{ seed: 8 }, 0],
      ],
      [["seed", [7, 8]]],
    ],
  ];

  test.each(cases)("%s", async (_name, trials, axes) => {
    const database = openDatabase((await fresh()).url, { poolSize: 1 });
    onTestFinished(() => database.close());
    await seedCrowd(database);
    await database.pool.query("UPDATE trials SET position = -1 - position WHERE study_id = $1", [crowdStudy]);
    await database.pool.query(
      `UPDATE trials t SET params = n.params, seed = n.seed, position = n.at
       FROM jsonb_to_recordset($2) n(at int, params jsonb, seed int) WHERE t.study_id = $1 AND t.position = -1 - n.at`,
      [crowdStudy, JSON.stringify(trials.map(([params, seed], at) => ({ at, params, seed })))],
    );
    await database.pool.query("DELETE FROM decisions WHERE study_id = $1", [crowdStudy]);
    await database.pool.query("UPDATE trials SET canonical_result_id = NULL WHERE study_id = $1", [crowdStudy]);
    await database.pool.query("DELETE FROM results r USING trials t WHERE r.trial_id = t.id AND t.study_id = $1", [
      crowdStudy,
    ]);
    await database.pool.query("DELETE FROM trials WHERE study_id = $1 AND position < 0", [crowdStudy]);
    const found = await readStudyAxes(database, [crowdStudy]);
    expect(found.map(({ param, values }) => [param, values])).toEqual(axes);
  });
});
