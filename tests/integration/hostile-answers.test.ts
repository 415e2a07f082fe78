import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type HostileGateway, hostileGateway, type Misbehaviour } from "../support/hostile-gateway.ts";
import { type HostileHome, hostileHome, workingConfig } from "../support/hostile-home.ts";
import { describeLook, type HostileLook, lightOf, look, summaryOf } from "../support/hostile-look.ts";

let home: HostileHome;
let gateway: HostileGateway | undefined;
beforeAll(() => {
  home = hostileHome();
});
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});
afterAll(() => home.remove());

async function against(bad: Misbehaviour): Promise<HostileLook> {
  gateway = await hostileGateway(bad);
  home.config(workingConfig(home, gateway.port));
  let seen = await look(home);
  // On a busy machine there may be no time even to get in, which says nothing about what comes then.
  const wasLate = (): boolean =>
    ["live", "session"].some((id) => /did not answer within|no answer|too busy/i.test(summaryOf(seen.stack, id)));
  for (let i = 0; i < 3 && wasLate(); i += 1) seen = await look(home);
  return seen;
}
const many = (n: number, one: string): string => Array.from({ length: n }, () => one).join(",");

describe("a greeting", () => {
  const cases: Readonly<Record<string, NonNullable<Misbehaviour["hello"]>>> = {
    "has every field of a wrong type": () => '{"type":"hello-ok","protocol":"4","server":[],"snapshot":7,"auth":"all","policy":null}',
    "has rights of a wrong type": (one) => JSON.stringify({ ...one, auth: { scopes: { "operator.read": true } } }),
    "grants two hundred thousand rights": () => `{"type":"hello-ok","auth":{"scopes":[${many(200_000, '"x"')}]}}`,
    "grants rights that steer a terminal": () => JSON.stringify({ type: "hello-ok", auth: { scopes: ["\u001b[2J\u0007"] } }),
    "names a release without end": () => `{"type":"hello-ok","server":{"version":"${"9.".repeat(400_000)}"}}`,
    "names a release that steers a terminal": () => JSON.stringify({ type: "hello-ok", server: { version: "\u001b]0;owned\u0007" } }),
    "lists forty thousand clients": () => `{"type":"hello-ok","snapshot":{"presence":[${many(40_000, '{"ip":"10.0.0.1"}')}]}}`,
    "would change what every object inherits": () =>
      '{"type":"hello-ok","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"server":{"__proto__":{"version":"x"}}}',
    "hands out a token without end": (one) =>
      JSON.stringify({ ...one, auth: { scopes: ["operator.read"], deviceToken: "t".repeat(900_000) } }),
    "suspends itself in words without end": () =>
      JSON.stringify({ type: "hello-ok", snapshot: { suspension: { phase: "s".repeat(100_000) }, uptimeMs: -1e300 } }),
  };
  it.each(Object.entries(cases))("that %s lets us in and harms nobody", async (_, hello) => {
    const { printed, stack } = await against({ hello });
    expect(stack.light, describeLook(stack)).toBe("green");
    expect(summaryOf(stack, "session")).toMatch(/^Let in with the shared secret/);
    expect(printed.length).toBeLessThan(20_000);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  it.each([
    ["null", /Not a gateway/],
    ['{"type":"hello-no"}', /Not a gateway/],
    ['"hello-ok"', /Not a gateway/],
    ["[]", /Not a gateway/],
    ['{"type":["hello-ok"]}', /Not a gateway/],
    [`{"type":"hello-ok","x":"${"y".repeat(5_000_000)}"}`, /^Its answer is too long to be read whole$/],
  ])("that reads %.30s is none", async (text, reason) => {
    const { stack } = await against({ hello: () => text });
    expect(["amber", "grey"], describeLook(stack)).toContain(stack.light);
    expect(lightOf(stack, "session")).toBe("grey");
    expect(summaryOf(stack, "session")).toMatch(reason);
  });

  it("that hands out a token which is an ordinary word leaves ids readable and hides the word", async () => {
    const { printed, stack } = await against({
      hello: (one) => JSON.stringify({ ...one, auth: { scopes: ["operator.read"], deviceToken: "session" } }),
    });
    expect(stack.checks.map(({ id }) => id)).toContain("session");
    expect(printed).not.toMatch(/"(?:sentence|summary|title|text)":"[^"]*\bsession\b/);
  });
});

describe("answers to calls", () => {
  const reply = (id: string, payload: string): string => `{"type":"res","id":"${id}","ok":true,"payload":${payload}}`;
  const every = (answer: (id: string) => readonly (string | Uint8Array)[]): Misbehaviour => ({
    call: (method, id) => (method === "connect" ? undefined : answer(id)),
  });
  const payload = (text: string): Misbehaviour => every((id) => [reply(id, text)]);
  const channels = (n: number): string => {
    const one = (i: number): string => `"c${i}":[{"running":false,"lastError":"\\u001b[31m${"e".repeat(20)}"}]`;
    return `{"channelAccounts":{${Array.from({ length: n }, (_, i) => one(i)).join(",")}}}`;
  };
  const error = JSON.stringify({ message: `unauthorized: ${"a".repeat(800_000)}`, details: { code: "B".repeat(100_000) } });
  const noAnswer = /channels\.status: no answer in time|Did not answer/;
  const notUnderstood = /none that we understand/;
  const cases: Readonly<Record<string, readonly [Misbehaviour, RegExp]>> = {
    "never come": [every(() => []), noAnswer],
    "come with another number, of another type, as bytes, or are no JSON": [
      every((id) => [reply(`${id}-other`, "{}"), '{"type":"res","id":1,"ok":true}', new Uint8Array(100), "{"]),
      noAnswer,
    ],
    "are null": [payload("null"), notUnderstood],
    "are a number": [payload("7"), notUnderstood],
    "are a text": [payload('"channelAccounts"'), notUnderstood],
    "have lists where there should be names": [
      payload('{"channelAccounts":[[1]],"channels":[],"providers":{},"jobs":{},"nodes":5,"valid":"yes","issues":{}}'),
      notUnderstood,
    ],
    "are nested without end": [payload(`${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`), notUnderstood],
    "would change what every object inherits": [
      payload('{"__proto__":{"channelAccounts":{"x":[{"running":false}]}},"constructor":{"prototype":{"polluted":1}}}'),
      notUnderstood,
    ],
    "have times that are none": [
      payload(
        '{"channelAccounts":{"a":[{"running":false,"lastStartAt":1e308,"lastTransportActivityAt":-1e308,"lastDisconnect":{"at":"x"}}]},"nextWakeAtMs":-1e308,"enabled":true,"jobs":[{"enabled":true,"state":{"nextRunAtMs":null,"lastRunAtMs":1e400}}]}',
      ),
      /a \(default\): not running/,
    ],
    "name two thousand broken channels": [payload(channels(2_000)), /c0 \(default\): not running/],
    "name ten thousand broken channels": [payload(channels(10_000)), /c0 \(default\): not running/],
    "name ten thousand channels that work": [
      payload(channels(10_000).replaceAll('"running":false', '"running":true')),
      /too long to be read whole|not running/,
    ],
    "are larger than a frame may be": [payload(`"${"z".repeat(5_000_000)}"`), /too long to be read whole/],
    "refuse with a text without end": [every((id) => [`{"type":"res","id":"${id}","ok":false,"error":${error}}`]), /unauthorized/],
    "refuse with nothing": [every((id) => [`{"type":"res","id":"${id}","ok":false}`]), /refused without a reason/],
    "come a thousand times": [every((id) => Array.from({ length: 1_000 }, () => reply(id, "{}"))), notUnderstood],
  };
  it.each(Object.entries(cases))("that %s are not taken for good news", async (_, [bad, reason]) => {
    const { printed, stack } = await against(bad);
    expect(["grey", "amber", "red"], describeLook(stack)).toContain(stack.light);
    expect(lightOf(stack, "channels")).not.toBe("green");
    expect(summaryOf(stack, "channels"), describeLook(stack)).toMatch(reason);
    expect(printed.length).toBeLessThan(40_000);
    expect(printed).not.toMatch(/e\+\d{2}/);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});
