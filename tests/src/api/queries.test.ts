import { beforeAll, expect, test } from "vitest";
import { describeOnEachDatabase } from "../testkit/database.ts";
import { type Api, openApi } from "./fixture/api.ts";

describeOnEachDatabase("queries", (fresh) => {
  let api: Api;
  beforeAll(async () => {
    let close = async () => undefined as undefined;
    api = await openApi(fresh, { atEnd: (closer) => (close = closer as typeof close) });
    return () => close();
  });

  test("a page of results", async () => {
    const answer = await api.ask(
      `{ results(first: 2) { totalCount nodes { id params seed metrics { name value } canonical } } }`,
    );
    expect(answer).toMatchSnapshot();
  });
});
