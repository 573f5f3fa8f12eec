import { kernelDigest } from "@widefield/experiments/kernel-digest";
import { registerHost } from "@widefield/graphql/host/register-host";
import { createStudy } from "@widefield/graphql/study/create-study";
import { publishStudy } from "@widefield/graphql/study/publish-study";
import { newId } from "@widefield/prisma/new-id";
import { type Database, openDatabase } from "@widefield/prisma/open-database";
import { tinySweep } from "../../protocol/testkit/world.ts";

/** A volunteer with one host and a session. */
export interface BenchHost {
  readonly volunteerId: string;
  readonly hostId: string;
  readonly bearer: string;
}

/**
 * One active study with so many units of one trial each and a quorum of 2, and hosts of different volunteers.
 * Units beyond the first are copied in SQL: publishing a million would take longer than the benchmark.
 */
export async function fillDatabase(url: string, units: number, hosts: number): Promise<BenchHost[]> {
  const database = openDatabase(url);
  try {
    const made: BenchHost[] = [];
    for (let at = 0; at < hosts; at++) made.push(await makeHost(database));
    const [author] = made;
    if (!author) throw new Error("A benchmark needs a host.");
    const caller = { volunteerId: author.volunteerId, trusted: false, networkHash: null };
    const study = await createStudy(database, caller, {
      title: "Bench",
      question: "How fast?",
      experiment: "feature-learning.mlp",
      sweep: tinySweep(1),
      quorum: 2,
    });
    if (study instanceof Error) throw study;
    await publishStudy(database, caller, study.id);
    await database.pool.query(copies, [study.id, units - 1]);
    // Units that take their hosts a minute and more: leases that a contestant holds while others have their turn do not run out.
    await database.pool.query("UPDATE work_units SET flops = 1e10");
    await database.pool.query("UPDATE studies SET trial_count = $2 WHERE id = $1", [study.id, units]);
    await database.pool.query("CREATE TABLE bare_queue (id int PRIMARY KEY, state int NOT NULL DEFAULT 0, host uuid)");
    await database.pool.query("INSERT INTO bare_queue (id) SELECT generate_series(1, $1)", [units]);
    await database.pool.query("CREATE INDEX bare_queue_open ON bare_queue (id) WHERE state = 0");
    await database.pool.query("VACUUM ANALYZE");
    await database.pool.query("CHECKPOINT");
    return made;
  } finally {
    await database.close();
  }
}

async function makeHost(database: Database): Promise<BenchHost> {
  const volunteerId = newId();
  const bearer = newId().replaceAll("-", "");
  await database.prisma.volunteer.create({
    data: { id: volunteerId, name: "bench", email: `${volunteerId}@example.test` },
  });
  const expiresAt = new Date(Date.now() + 400 * 24 * 3600 * 1000);
  await database.prisma.session.create({ data: { id: newId(), token: bearer, userId: volunteerId, expiresAt } });
  const host = await registerHost(
    database,
    { volunteerId, trusted: false, networkHash: null },
    { id: null, kind: "NODE", backend: "WASM", engine: "node-20", kernelDigest, memoryBytes: 8e9, maxBufferBytes: 2e9 },
    kernelDigest,
  );
  if (host instanceof Error) throw host;
  return { volunteerId, hostId: host.id, bearer };
}

const copies = `
WITH source AS (
  SELECT t.*, u.experiment_id, u.experiment_version, u.pack_key, u.flops AS unit_flops, u.peak_bytes, u.largest_buffer_bytes, u.download_bytes
  FROM trials t JOIN work_units u ON u.id = t.unit_id WHERE t.study_id = $1
), copy AS MATERIALIZED (
  SELECT n, gen_random_uuid() AS unit_id, gen_random_uuid() AS trial_id FROM generate_series(1, $2::int) n
), units AS (
  INSERT INTO work_units (id, study_id, experiment_id, experiment_version, pack_key, state, wanted, open_slots, trial_count, flops, peak_bytes,
    largest_buffer_bytes, download_bytes)
  SELECT c.unit_id, s.study_id, s.experiment_id, s.experiment_version, s.pack_key, 'OPEN', 2, 2, 1, 1e10 + c.n, s.peak_bytes,
    s.largest_buffer_bytes, s.download_bytes FROM copy c CROSS JOIN source s
)
INSERT INTO trials (id, study_id, unit_id, digest, params, seed, position, flops, wanted)
SELECT c.trial_id, s.study_id, c.unit_id, encode(sha256(c.n::text::bytea), 'hex'), s.params, c.n, c.n, s.flops, 2 FROM copy c CROSS JOIN source s`;
