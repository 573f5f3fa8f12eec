import { ensureOperator } from "@widefield/graphql/auth/operator";
import { sessionToken } from "@widefield/graphql/auth/session-token";
import { volunteerName } from "@widefield/graphql/auth/volunteer-name";
import { describe, expect, test } from "vitest";
import { describeOnEachDatabase } from "../testkit/database.ts";
import { type Api, openApi, secret } from "./fixture/api.ts";
import { ids, now, tokens } from "./fixture/commons.ts";

const site = "http://localhost:3000";
const whoAmI = "{ viewer { name isAnonymous contribution { hosts } } }";

async function signIn(api: Api, headers: Record<string, string> = {}): Promise<Response> {
  return api.handler(
    new Request(`${site}/api/auth/sign-in/anonymous`, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "a browser that tells", ...headers },
      body: "{}",
    }),
    { address: "203.0.113.7" },
  );
}

async function viewer(api: Api, headers: Record<string, string>): Promise<{ name: string } | null> {
  const response = await api.handler(
    new Request(`${site}/api/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ query: whoAmI }),
    }),
  );
  const { data } = (await response.json()) as { data: { viewer: { name: string } | null } };
  return data.viewer;
}

describeOnEachDatabase("accounts", (fresh) => {
  test("anybody gets an anonymous account with a readable name, by cookie and by token", async () => {
    const api = await openApi(fresh);
    const response = await signIn(api);
    expect(response.status).toBe(200);
    const token = response.headers.get("set-auth-token") ?? "";
    const cookie = response.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/i);
    const byToken = await viewer(api, { authorization: `Bearer ${token}` });
    expect(byToken).toMatchObject({
      name: expect.stringMatching(/^[A-Z][a-z]+ [A-Z][a-z]+ \d{4}$/),
      isAnonymous: true,
    });
    expect(await viewer(api, { cookie: cookie.split(";")[0] ?? "" })).toEqual(byToken);
    const bare = ((await response.json()) as { token: string }).token;
    expect(await viewer(api, { authorization: `Bearer ${bare}` })).toEqual(byToken);
  });

  test("nothing about the caller's address or browser is kept", async () => {
    const api = await openApi(fresh);
    await signIn(api, { "x-forwarded-for": "203.0.113.7" });
    const sessions = await api.database.prisma.session.findMany({ where: { userId: { notIn: [ids.ada, ids.ben] } } });
    expect(sessions).toMatchObject([{ ipAddress: null, userAgent: null }]);
    const { rows } = await api.database.pool.query(
      "SELECT to_jsonb(v) AS row FROM volunteers v UNION ALL SELECT to_jsonb(s) FROM sessions s",
    );
    expect(JSON.stringify(rows)).not.toMatch(/203\.0\.113|a browser that tells/);
  });

  test("signing out ends the session at once", async () => {
    const api = await openApi(fresh);
    const token = (await signIn(api)).headers.get("set-auth-token") ?? "";
    const authorization = { authorization: `Bearer ${token}` };
    const out = await api.handler(new Request(`${site}/api/auth/sign-out`, { method: "POST", headers: authorization }));
    expect(out.status).toBe(200);
    expect(await viewer(api, authorization)).toBeNull();
  });

  test("an unknown, expired or wrongly signed token is nobody's", async () => {
    const api = await openApi(fresh);
    await api.database.prisma.session.update({
      where: { token: tokens.ben },
      data: { expiresAt: new Date(now.getTime() - 1000) },
    });
    for (const token of [
      "0".repeat(32),
      tokens.ben,
      `${tokens.ada}.${Buffer.alloc(32).toString("base64")}`,
      "a'b",
      "ü",
    ]) {
      expect(await viewer(api, { authorization: `Bearer ${encodeURIComponent(token)}` }), token).toBeNull();
    }
    expect(await viewer(api, { cookie: `widefield.session_token=${tokens.ada}` })).toBeNull();
  });

  test("who asks costs one statement", async () => {
    const api = await openApi(fresh);
    const statements = await api.statements(() => api.ask("{ viewer { name } }", {}, tokens.ada));
    expect(statements).toHaveLength(1);
  });

  test("a session in use does not run out: past its half it is prolonged", async () => {
    const api = await openApi(fresh);
    const soon = new Date(now.getTime() + 3600_000);
    await api.database.prisma.session.update({ where: { token: tokens.ada }, data: { expiresAt: soon } });
    await api.ask(whoAmI, {}, tokens.ada);
    const { expiresAt } = await api.database.prisma.session.findUniqueOrThrow({ where: { token: tokens.ada } });
    expect(expiresAt.getTime() - now.getTime()).toBe(400 * 24 * 3600_000);
  });

  test("doors of better-auth that would go round our rules are shut", async () => {
    const api = await openApi(fresh);
    for (const path of ["update-user", "delete-user", "delete-anonymous-user", "sign-up/email", "change-email"]) {
      const response = await api.handler(
        new Request(`${site}/api/auth/${path}`, {
          method: "POST",
          headers: { authorization: `Bearer ${tokens.ada}`, "content-type": "application/json" },
          body: JSON.stringify({ name: "x", trusted: true }),
        }),
      );
      expect(response.status, path).toBe(404);
    }
  });

  test("nobody signs in as trusted", async () => {
    const api = await openApi(fresh);
    await api.handler(
      new Request(`${site}/api/auth/sign-in/anonymous`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ trusted: true, name: "Operator", email: "operator@widefield.invalid" }),
      }),
    );
    expect(await api.database.prisma.volunteer.count({ where: { trusted: true } })).toBe(0);
    expect(await api.database.prisma.volunteer.count({ where: { name: "Operator" } })).toBe(0);
  });

  test("the operator is one trusted account, however often and from wherever it is asked for", async () => {
    const api = await openApi(fresh);
    const both = await Promise.all([ensureOperator(api.database), ensureOperator(api.database)]);
    const again = await ensureOperator(api.database);
    expect(new Set([...both, again].map(({ volunteerId }) => volunteerId)).size).toBe(1);
    expect(both.map(({ token }) => token)).toContain(again.token);
    const { data } = await api.ask('{ viewer { name } study(slug: "draft") { viewerCanManage } }', {}, again.token);
    expect(data).toEqual({ viewer: { name: "Operator" }, study: { viewerCanManage: true } });
  });

  test("an account is renamed by its owner alone, in words that can be read", async () => {
    const api = await openApi(fresh);
    const rename = (name: string, token?: string) =>
      api.ask(
        "mutation ($name: String!) { renameVolunteer(name: $name) { __typename ... on Volunteer { name } ... on Failure { message } ... on InvalidInput { issues { path } } } }",
        { name },
        token,
      );
    expect((await rename("  Ada   Lovelace ", tokens.ada)).data.renameVolunteer).toEqual({
      __typename: "Volunteer",
      name: "Ada Lovelace",
    });
    expect((await rename("Eve")).data.renameVolunteer).toMatchObject({
      __typename: "NotAuthenticated",
      message: expect.stringMatching(/sign-in\/anonymous/),
    });
    for (const name of ["", "   ", "!!!", "x".repeat(61), "a\u202Eb", "a\u200Bb"]) {
      expect((await rename(name, tokens.ada)).data.renameVolunteer, JSON.stringify(name)).toMatchObject({
        __typename: "InvalidInput",
        issues: [{ path: "name" }],
      });
    }
  });
});

describe("names", () => {
  test("are made of a manner, a bird and a number", () => {
    expect(volunteerName(() => 0)).toBe("Attentive Avocet 1000");
    expect(volunteerName((below) => below - 1)).toBe("Witty Wren 9999");
  });
});

describe("the token of a request", () => {
  const headers = (init: Record<string, string>) => new Headers(init);
  const token = "abcdefghijklmnopqrstuvwxyz012345";

  test("is found beside other cookies, and under https", () => {
    expect(sessionToken(headers({ cookie: `a=b; widefield.session_token=${token}` }), secret)).toBeNull();
    expect(sessionToken(headers({ cookie: "a=b" }), secret)).toBeNull();
    expect(sessionToken(headers({ authorization: `Bearer ${token}` }), secret)).toBe(token);
    expect(sessionToken(headers({ authorization: `Basic ${token}` }), secret)).toBeNull();
  });
});
