import { Buffer } from "node:buffer";
import { GraphQLError } from "graphql";

export interface GlobalId {
  readonly typename: string;
  readonly id: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The opaque id that the API shows for a row: base64url of `Type:uuid`. */
export function encodeGlobalId(typename: string, id: string): string {
  return Buffer.from(`${typename}:${id}`, "utf8").toString("base64url");
}

/** @throws GraphQLError (BAD_USER_INPUT) for what this API never handed out. */
export function decodeGlobalId(globalId: string): GlobalId {
  const parsed = parseGlobalId(globalId);
  if (parsed) return parsed;
  throw new GraphQLError(`"${globalId.slice(0, 80)}" is not an id of this API.`, {
    extensions: { code: "BAD_USER_INPUT" },
  });
}

/** The uuid behind an id of that type, or null when it is of another type or no id at all. */
export function uuidOf(typename: string, globalId: string): string | null {
  const parsed = parseGlobalId(globalId);
  return parsed?.typename === typename ? parsed.id : null;
}

function parseGlobalId(globalId: string): GlobalId | null {
  const [typename, id, ...rest] = Buffer.from(globalId, "base64url").toString("utf8").split(":");
  if (!typename || !id || rest.length > 0 || !/^[A-Z][A-Za-z]*$/.test(typename) || !uuid.test(id)) return null;
  return { typename, id };
}
