import type { Command } from "commander";

export function addStartCommand(program: Command): void {
  program
    .command("start")
    .description("serve the site, with the database and a volunteer of this machine")
    .option("--port <number>", "instead of PORT, or 3000")
    .option("--host <name>", "address to listen on", "localhost")
    .option("--no-volunteer", "compute nothing on this machine")
    .addHelpText(
      "after",
      `
Environment:
  PORT                     the port, 3000
  WIDEFIELD_DATA_DIR       database, downloads, credentials and logs, .widefield
  DATABASE_URL             a Postgres to use instead of the embedded database
  WIDEFIELD_BASE_URL       the address that people use, where it is not http://localhost:PORT
  WIDEFIELD_SECRET         signs sessions; made and kept in the data folder where it is not given
  WIDEFIELD_TRUSTED_PROXY  how many proxies in front may be believed, 0
  WIDEFIELD_LOG_LEVEL      debug, info, warn or error`,
    )
    .action(async (options: { port?: string; host: string; volunteer: boolean }) => {
      const { start } = await import("./start.ts");
      await start(options);
    });

  program
    .command("serve-site", { hidden: true })
    .requiredOption("--port <number>")
    .requiredOption("--host <name>")
    .action(async (options: { port: string; host: string }) => {
      const { serveSite } = await import("./site-server.ts");
      await serveSite({ port: Number(options.port), host: options.host });
    });
}
