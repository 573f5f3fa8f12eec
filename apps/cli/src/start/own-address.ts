/** Where this machine itself reaches a server that listens on `host`: `localhost`, unless that is one address of several. */
export function ownAddress(host: string): string {
  if (["localhost", "127.0.0.1", "::1", "0.0.0.0", "::"].includes(host)) return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
