import type { VolunteerStatus } from "@widefield/volunteer/browser";
import type { VolunteerView } from "./volunteer-view.ts";

/** What the volunteer does, in a few words. Changes seldom: it is read aloud. */
export function statusWords({ phase, status }: VolunteerView): string {
  if (phase === "idle") return "Not computing";
  if (phase === "loading" || status === null) return phase === "ended" ? "Not computing" : "Getting ready";
  if (phase === "ended") return "Stopped";
  switch (status.activity) {
    case "starting":
      return "Getting ready";
    case "computing":
      return "Computing";
    case "waiting":
      if (status.notice?.kind === "nothingToDo") return "Waiting for work";
      if (status.notice?.kind === "offline" || status.notice?.kind === "unreachable") return "Waiting for the server";
      // Between two units for a moment.
      return status.notice === null && status.tally.finishedUnits > 0 ? "Computing" : "Asking for work";
    case "paused":
      return PAUSED[status.pausedBy ?? "person"];
    case "stopping":
      return "Stopping";
    case "stopped":
      return "Stopped";
    default:
      return status.activity satisfies never;
  }
}

const PAUSED = {
  person: "Paused",
  hidden: "Paused while this page is hidden",
  battery: "Paused while on battery",
} as const;

/** The device in words: "WebGPU on nvidia lovelace". */
export function deviceWords(device: NonNullable<VolunteerStatus["device"]>): string {
  const name =
    device.adapter.description || [device.adapter.vendor, device.adapter.architecture].filter(Boolean).join(" ");
  switch (device.backend) {
    case "webgpu":
      return name ? `WebGPU on ${name}` : "WebGPU";
    case "wasm":
      return "This machine’s processor (WebAssembly)";
    case "cpu":
      return "This machine’s processor (JavaScript)";
    default:
      return device.backend satisfies never;
  }
}
