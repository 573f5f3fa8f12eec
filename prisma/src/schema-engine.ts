import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlQuery,
  type SqlResultSet,
} from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import { Pool, type QueryConfig, type QueryResult } from "pg";

interface EngineModule {
  SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

export interface OpenEngine {
  readonly engine: SchemaEngine;
  close(): Promise<void>;
}

/**
 * The schema engine as WebAssembly: the one that needs no download. Only to compare schemas and histories, on databases that may be
 * thrown away: its way to run scripts through adapter-pg splits them at every semicolon (see `migrate`).
 */
export async function schemaEngine(url: string, schema: string): Promise<OpenEngine> {
  bindings ??= instantiate();
  const { SchemaEngine } = await bindings;
  const pool = new Pool({ connectionString: url, max: 1 });
  const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogAdapterFactory(pool));
  const engine = await SchemaEngine.new({ datamodels: [["schema.prisma", schema]] }, () => undefined, adapter);
  return {
    engine,
    close: async () => {
      engine.free();
      await pool.end();
    },
  };
}

/** Once per process: its bindings know one instance, and a second one would take the memory from the first. */
let bindings: Promise<EngineModule> | null = null;

/** The package imports its `.wasm` as a module, which Node 20 cannot. */
async function instantiate(): Promise<EngineModule> {
  const require = createRequire(import.meta.url);
  const file = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const engine: EngineModule & WebAssembly.ModuleImports = await import(file);
  const bytes = await readFile(file.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": engine });
  engine.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start !== "function") throw new Error("@prisma/schema-engine-wasm has changed: no __wbindgen_start.");
  start();
  // The engine reports a panic through this global before it traps.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => process.stderr.write(`${message}\n`) },
  });
  return engine;
}

/**
 * The catalogue is full of columns of type "char" (18), which adapter-pg 7.10.0 refuses to read. Here they pass through it as text (25)
 * and are named characters afterwards, as the engine insists. One connection, one query at a time: so the last query is the one meant.
 */
class CatalogAdapterFactory extends PrismaPg {
  #characters: readonly boolean[] = [];

  constructor(pool: Pool) {
    super(pool);
    const query: (config: QueryConfig, values?: unknown[]) => Promise<QueryResult> = pool.query.bind(pool);
    Object.assign(pool, {
      query: async (config: QueryConfig, values?: unknown[]) => {
        const result = await query(config, values);
        this.#characters = result.fields.map((field) => field.dataTypeID === 18);
        for (const field of result.fields) if (field.dataTypeID === 18) field.dataTypeID = 25;
        return result;
      },
    });
  }

  override async connect(): ReturnType<PrismaPg["connect"]> {
    const adapter = await super.connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    return Object.assign(adapter, {
      queryRaw: async (query: SqlQuery): Promise<SqlResultSet> => {
        const result = await queryRaw(query);
        const characters = this.#characters;
        const columnTypes = result.columnTypes.map((type, i) => (characters[i] ? ColumnTypeEnum.Character : type));
        return { ...result, columnTypes };
      },
    });
  }
}
