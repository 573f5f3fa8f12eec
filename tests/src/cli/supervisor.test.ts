import type { Child } from "@widefield/cli/start/child";
import { Supervisor } from "@widefield/cli/start/supervisor";
import { expect, test, vi } from "vitest";

/** A child that dies as soon as it is there. */
const stillborn: Child = {
  pid: 1,
  ended: Promise.resolve(1),
  lastLines: async () => "no driver",
  stop: async () => undefined,
  kill: () => undefined,
};

test("a site that does not start is a failure; a volunteer that does not is told of, and the site goes on", async () => {
  const said: string[] = [];
  const failures: Error[] = [];
  const supervisor = new Supervisor(
    (line) => said.push(line),
    (failure) => failures.push(failure),
  );
  await supervisor.keep("volunteer", { patienceMs: 1, needed: false }, async () => stillborn);
  await vi.waitFor(() =>
    expect(said.join()).toMatch(/volunteer did not start \(exit code 1\)\.\nno driver\n.*goes on/),
  );
  expect(failures).toEqual([]);
  await supervisor.keep("site", { patienceMs: 1, needed: true }, async () => stillborn);
  await vi.waitFor(() =>
    expect(failures.map(({ message }) => message)).toEqual([expect.stringContaining("site did not start")]),
  );
  await supervisor.stop();
});

test("a volunteer that cannot be launched again is told of; nothing is left to throw", async () => {
  const said: string[] = [];
  const supervisor = new Supervisor(
    (line) => said.push(line),
    () => said.push("failure"),
  );
  // It lived for a minute.
  const clock = vi.spyOn(performance, "now").mockReturnValueOnce(0).mockReturnValueOnce(60_000);
  let launches = 0;
  await supervisor.keep("volunteer", { patienceMs: 1, needed: false }, async () => {
    if (launches++ > 0) throw new Error("the disk is full");
    return stillborn;
  });
  await vi.waitFor(() => expect(said).toHaveLength(2), 10_000);
  clock.mockRestore();
  expect(said[0]).toMatch("ended unexpectedly");
  expect(said[1]).toMatch("cannot be started again: the disk is full\nEverything else goes on");
});
