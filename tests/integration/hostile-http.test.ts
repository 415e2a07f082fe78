import type { ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { drip, type HostileGateway, hostileGateway, type Misbehaviour, pour } from "../support/hostile-gateway.ts";
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
  return look(home);
}

const everyPath = (answer: (response: ServerResponse) => void): Misbehaviour => ({
  http: (_, response) => {
    answer(response);
    return true;
  },
});
const raw = (text: string | Uint8Array): Misbehaviour => ({ tcp: (socket) => void socket.once("data", () => socket.end(text)) });
const bytes = Buffer.from(Array.from({ length: 4_096 }, (_, i) => (i * 73) % 256));

describe("an honest server", () => {
  it("is green, so that the other lights below are about what is wrong with the other servers", async () => {
    const { stack } = await against({});
    expect(stack.light, describeLook(stack)).toBe("green");
  });
});

describe("a server on the gateway's port that answers every request with", () => {
  const cases: Readonly<Record<string, Misbehaviour>> = {
    "a body without end": everyPath((response) => pour(response, "x".repeat(65_536))),
    "a body that drips": everyPath((response) => drip(response, " ")),
    "the page of something else": everyPath((response) => response.end("<html>\u001b[31mhello</html>")),
    "headers of a megabyte": everyPath((response) => response.setHeader("x-large", "h".repeat(1_000_000)).end("{}")),
    "ten thousand headers": raw(`HTTP/1.1 200 OK\r\n${"x-a: b\r\n".repeat(10_000)}\r\n{}`),
    "a redirect to itself": everyPath((response) => response.writeHead(302, { location: "/healthz" }).end()),
    "a redirect to a file": everyPath((response) => response.writeHead(301, { location: "file:///etc/passwd" }).end()),
    garbage: raw(bytes),
    "a status of nonsense": raw("HTTP/1.1 99999 \u0000\u001b[31m\r\n\r\n"),
    "nothing at all": { tcp: () => {} },
    "an end at once": { tcp: (socket) => socket.destroy() },
    "an end in the middle": raw('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{"ok":'),
    "JSON nested without end": everyPath((response) => response.end('{"ok":'.repeat(5_000))),
    "deep JSON that ends": everyPath((response) => response.end(`${"[".repeat(2_000)}${"]".repeat(2_000)}`)),
    "the words of health with more beside them": everyPath((response) => response.end('{"ok":true,"status":"live","__proto__":{"x":1}}')),
    "the words of health as a text": everyPath((response) => response.end('"{\\"ok\\":true,\\"status\\":\\"live\\"}"')),
    "the words of health and a status of failure": everyPath((response) => response.writeHead(500).end('{"ok":true,"status":"live"}')),
    "what is compressed, it says": everyPath((response) => response.setHeader("content-encoding", "gzip").end("not gzip")),
  };
  it.each(Object.entries(cases))("%s is no gateway, and that is told", async (_, bad) => {
    const { roots, stack } = await against(bad);
    expect(stack.light, describeLook(stack)).toBe("red");
    expect(roots[0]).toBe("openclaw.port.conflict");
    expect(["grey", "red"]).toContain(lightOf(stack, "live"));
    expect(summaryOf(stack, "live")).toMatch(/^(?:Something answers \d+, but|Connected, but no answer|Not reached: )/);
  });
});

describe("a gateway that lives, and says of its state", () => {
  const only = (wanted: string, body: string): Misbehaviour => ({
    http: (path, response) => {
      if (path === wanted) response.setHeader("content-type", "application/json").end(body);
      return path === wanted;
    },
  });
  it.each([
    ["that it is ready in another type", "/readyz", '{"ready":"yes","failing":{"a":1}}', "green"],
    [
      "failures that steer a terminal",
      "/readyz",
      JSON.stringify({ ready: false, failing: ["\u001b[2J", "\u202e", "x".repeat(9_000)] }),
      "red",
    ],
    [
      "delays that are none",
      "/readyz",
      '{"ready":true,"failing":[],"uptimeMs":1e308,"eventLoop":{"degraded":true,"reasons":["event_loop_delay"],"delayP99Ms":-1e308}}',
      "amber",
    ],
    ["that it began at the end of time", "/startupz", '{"status":"started","version":"9999.99.99","uptimeMs":1e308}', "green"],
    ["that it will begin", "/startupz", '{"status":"started","version":"\u001b[31m","uptimeMs":-1e15}', "green"],
    ["a release without end", "/startupz", `{"status":"started","version":"${"9.".repeat(2_000)}"}`, "green"],
    ["a word that steers a terminal", "/startupz", '{"status":"\u001b]0;owned\u0007"}', "green"],
    ["a reason without end", "/startupz", `{"status":"starting","pendingReason":"${"w".repeat(3_000)}"}`, "amber"],
  ])("%s is judged by what can be understood", async (_, path, body, light) => {
    const { stack, printed } = await against(only(path, body));
    expect(stack.light, describeLook(stack)).toBe(light);
    expect(lightOf(stack, "live")).toBe("green");
    expect(printed).not.toMatch(/e\+\d|NaN|Infinity/);
  });
});
