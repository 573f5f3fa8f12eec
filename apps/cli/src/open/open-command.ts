import { spawn } from "node:child_process";
import type { Command } from "commander";
import { CommandFailure } from "../failure/command-failure.ts";
import { dataFolder } from "../place/data-folder.ts";
import { parseServerAddress } from "../server/server-address.ts";
import { findRunningStart } from "../start/start-claim.ts";

export function addOpenCommand(program: Command): void {
  program
    .command("open")
    .description("open the site that runs on this machine, or the one at --url, in the browser")
    .argument("[path]", "for example /studies/feature-movement", "/")
    .option("--url <address>", "of another server")
    .action(async (path: string, options: { url?: string }) => {
      const address = options.url ?? (await findRunningStart(dataFolder()));
      if (!address) throw new CommandFailure("Widefield does not run on this machine. Start it with: npm start");
      const page = new URL(path, parseServerAddress(address)).href;
      console.log(page);
      await openInBrowser(page);
    });
}

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};

function openInBrowser(page: string): Promise<void> {
  const [program = "xdg-open", ...args] = openers[process.platform] ?? ["xdg-open"];
  const child = spawn(program, [...args, page], { stdio: "ignore", detached: true });
  return new Promise((resolve, reject) => {
    child.once("error", () => reject(new CommandFailure(`No browser could be started here. Open ${page} yourself.`)));
    child.once("spawn", () => {
      child.unref();
      resolve();
    });
  });
}
