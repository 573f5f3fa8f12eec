import { parseArgs } from "node:util";
import { createHandler } from "@widefield/graphql/http";
import { serveNode } from "@widefield/graphql/http/node-server";
import { migrate } from "@widefield/prisma/migrate";
import { openDatabase } from "@widefield/prisma/open-database";
import { Client, Pool } from "pg";
import { startPostgres } from "../testkit/postgres-server.ts";
import { bareQueue, overHttp, overPg, type Turn } from "./leases/contestants.ts";
import { type BenchHost, fillDatabase } from "./leases/filled-database.ts";

const usage = `npm run bench -- leases [--full] [--sizes 10000,200000] [--hosts 8] [--rounds 5] [--units 800]
--full: 10 thousand and 1 million units. --units: units that a measurement leases and answers.`;

interface Options {
  readonly hosts: number;
  readonly rounds: number;
  readonly units: number;
}

/**
 * Units per second, leased and answered, through GraphQL over HTTP on a real Postgres that writes to disk; the same statements and rows straight
 * through pg; and a bare two-update queue. All take turns in one run. A unit is one trial with 12 metrics and a curve; two hosts answer each.
 */
export async function bench(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      full: { type: "boolean", default: false },
      sizes: { type: "string" },
      hosts: { type: "string", default: "8" },
      rounds: { type: "string", default: "5" },
      units: { type: "string", default: "800" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const sizes = (values.sizes ?? (values.full ? "10000,1000000" : "10000,200000")).split(",").map(Number);
  const options = { hosts: Number(values.hosts), rounds: Number(values.rounds), units: Number(values.units) };
  const asked = answersAsked(options);
  const small = sizes.find((size) => asked > answersPerUnit * size);
  if (small !== undefined) {
    console.error(
      `${asked} answers are asked for, and ${small} units take ${answersPerUnit * small}: fewer --units or --rounds.`,
    );
    return 2;
  }
  const server = await startPostgres({ durable: true, settings: ["shared_buffers=1GB", "max_wal_size=8GB"] });
  if (!server) {
    console.error("This benchmark needs PostgreSQL 15 or newer: apt-get install postgresql");
    return 1;
  }
  try {
    const rates = new Map<number, Map<string, number>>();
    for (const size of sizes) {
      const admin = new Client({ connectionString: server.url });
      await admin.connect();
      await admin.query(`CREATE DATABASE bench_${size}`);
      await admin.end();
      const url = server.urlOf(`bench_${size}`);
      await migrate(url);
      rates.set(size, await measureSize(url, size, options));
    }
    report(rates);
    return 0;
  } finally {
    await server.stop();
  }
}

/** The quorum of the filled study. */
const answersPerUnit = 2;
const batches = [1, 16];
const names = ["GraphQL", "pg", "bare queue"] as const;

/** By the two contestants that share a study; an empty one would measure how long they wait. */
function answersAsked({ rounds, units, hosts }: Options): number {
  const mostBatch = Math.max(...batches);
  return 2 * batches.length * (units / 4 + rounds * units + (rounds + 1) * hosts * mostBatch);
}

async function measureSize(url: string, size: number, options: Options): Promise<Map<string, number>> {
  const hosts = await fillDatabase(url, size, options.hosts);
  const database = openDatabase(url, { poolSize: 2 * options.hosts });
  const handler = createHandler({ database, secret: "a secret of thirty-two characters" });
  const server = await serveNode(handler);
  // As `runStatement` does it: without a compiler. New for each measurement: a connection keeps the plans that it made when the tables were small.
  let pool = new Pool({ connectionString: url, max: 2 * options.hosts, options: "-c jit=off" });
  const renew = async () => {
    await pool.end();
    pool = new Pool({ connectionString: url, max: 2 * options.hosts, options: "-c jit=off" });
  };
  try {
    const study = await database.prisma.study.findFirstOrThrow();
    const turns: Record<(typeof names)[number], Turn> = {
      GraphQL: overHttp(server.url),
      pg: overPg(() => pool, study.id),
      "bare queue": bareQueue(() => pool),
    };
    const samples = new Map<string, number[]>();
    for (let round = 0; round <= options.rounds; round++) {
      for (const batch of batches) {
        for (const name of names) {
          await renew();
          const rate = await measure(turns[name], hosts, batch, round === 0 ? options.units / 4 : options.units);
          console.error(`${size} units, round ${round}, batch ${batch}, ${name}: ${rate.toFixed(0)} units/s`);
          // The first round warms up.
          if (round > 0) samples.set(`${name} ${batch}`, [...(samples.get(`${name} ${batch}`) ?? []), rate]);
        }
      }
    }
    return new Map([...samples].map(([key, rates]) => [key, median(rates)]));
  } finally {
    await pool.end();
    await server.close();
    await database.close();
  }
}

/** Units per second of all hosts together. */
async function measure(turn: Turn, hosts: readonly BenchHost[], batch: number, units: number): Promise<number> {
  let done = 0;
  const start = performance.now();
  await Promise.all(
    hosts.map(async (host) => {
      while (done < units) {
        // Not `done += await …`: that adds to what was counted before the wait, and forgets the other hosts' units.
        const answered = await turn(host, batch);
        done += answered;
      }
    }),
  );
  return (1000 * done) / (performance.now() - start);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function report(rates: ReadonlyMap<number, ReadonlyMap<string, number>>): void {
  console.log("\nunits/s, median over rounds");
  console.log("units in study   batch   GraphQL        pg   GraphQL/pg   bare queue");
  for (const [size, of] of rates) {
    for (const batch of batches) {
      const [graphql = 0, pg = 0, bare = 0] = names.map((name) => of.get(`${name} ${batch}`));
      const columns = [size, batch, graphql.toFixed(0), pg.toFixed(0), (graphql / pg).toFixed(2), bare.toFixed(0)];
      console.log(columns.map((column, at) => String(column).padStart([14, 8, 10, 10, 13, 13][at] ?? 0)).join(""));
    }
  }
  const [small, large] = [...rates.keys()];
  if (small === undefined || large === undefined) return;
  for (const batch of batches) {
    const ratio = (rates.get(large)?.get(`GraphQL ${batch}`) ?? 0) / (rates.get(small)?.get(`GraphQL ${batch}`) ?? 1);
    console.log(`GraphQL, batch ${batch}: ${large} units at ${ratio.toFixed(2)} of the rate with ${small}`);
  }
}
