// One warm instance of the function: a process of its own, that takes events one after the other, or several at once.
import { register } from "tsx/esm/api";

register();
const { handler } = await import("@widefield/handlers/lambda");
process.on("message", async ({ id, event }) => {
  process.send?.({ id, result: await handler(event) });
});
process.send?.("ready");
