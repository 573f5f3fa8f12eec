import { MigrationError, migrate } from "../migrate.ts";

const url = process.env.DATABASE_URL;
if (!url) {
  console.error("Set DATABASE_URL to the database to migrate (the embedded one is migrated when it starts).");
  process.exit(2);
}
try {
  const { applied } = await migrate(url);
  console.log(applied.length === 0 ? "Up to date." : `Applied ${applied.join(", ")}.`);
} catch (error) {
  console.error(error instanceof MigrationError ? error.message : `Cannot migrate: ${String(error)}`);
  process.exit(1);
}
