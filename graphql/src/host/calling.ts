import type { ApiContext } from "../context.ts";
import { NotAuthenticated } from "../failure/failure.ts";
import type { Caller } from "./caller.ts";

/** The signed-in caller of a request. @throws `NotAuthenticated` for a stranger. */
export function callerOf({ viewer, networkHash }: ApiContext): Caller {
  if (!viewer) throw new NotAuthenticated();
  return { volunteerId: viewer.id, trusted: viewer.trusted, networkHash: networkHash() };
}

/** An id that no row has: what an id of another type, or no id at all, stands for. */
export const nobodysId = "00000000-0000-0000-0000-000000000000";
