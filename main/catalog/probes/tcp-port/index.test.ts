import { describe, expect, it } from "vitest";
import { worldContext } from "../../../../tests/support/world-context.ts";
import { check } from "../../../core/model/check.ts";
import type { ProcessFacts } from "../../../core/ports/machine.ts";
import { foreignOwner, tcpPortProbe } from "./index.ts";

const gateway: ProcessFacts = {
  pid: 812,
  ppid: 1,
  user: "sam",
  name: "node",
  command: "node gateway.js --token s3cret",
  state: "sleeping",
};
const stranger: ProcessFacts = { pid: 77, ppid: 1, user: "sam", name: "python3", command: "python3 -m http.server", state: "sleeping" };
const port = (options: { host?: string; owner?: RegExp; codes?: { held?: string } } = {}) =>
  check({ id: "port", title: "Port" }, tcpPortProbe, { port: 18789, ...options });
const look = async (of: ReturnType<typeof port>, outside: ReturnType<typeof worldContext>) =>
  of.judge(await of.observe(outside.context), []);

describe("a TCP port", () => {
  it("is green when it opens, and names its owner without the command line", async () => {
    const outside = worldContext({ listeners: [{ address: "127.0.0.1", port: 18789, pid: 812 }], processes: [gateway] });
    const verdict = await look(port({ owner: /gateway/ }), outside);
    expect(verdict).toEqual({ light: "green", summary: "Port 18789 is open, held by node (process 812)" });
    expect(JSON.stringify(verdict)).not.toContain("s3cret");
  });

  it("is red when nobody listens", async () => {
    expect(await look(port(), worldContext())).toEqual({ light: "red", summary: "Nobody listens on port 18789", confirmAfter: 2 });
  });

  it("says where it is open instead", async () => {
    const outside = worldContext({ listeners: [{ address: "192.168.1.7", port: 18789, pid: 812 }], processes: [gateway] });
    expect(await look(port(), outside)).toMatchObject({
      light: "amber",
      summary: "Port 18789 is open on 192.168.1.7, but not on 127.0.0.1",
    });
  });

  it("raises the finding it was given when somebody else holds it", async () => {
    const outside = worldContext({ listeners: [{ address: "127.0.0.1", port: 18789, pid: 77 }], processes: [stranger] });
    const verdict = await look(port({ owner: /gateway/, codes: { held: "machine.port.held" } }), outside);
    expect(verdict.light).toBe("red");
    expect(verdict.findings).toEqual([
      {
        code: "machine.port.held",
        params: { port: 18789, holder: "python3 (process 77)" },
        evidence: [{ source: "port owner", text: "127.0.0.1:18789 is held by python3 (process 77)" }],
      },
    ]);
  });

  it("says since when a stranger holds it, and who started it", async () => {
    const startedMs = Date.now() - 1000;
    const outside = worldContext({
      listeners: [{ address: "127.0.0.1", port: 18789, pid: 77 }],
      processes: [
        { ...stranger, ppid: 70, startedMs },
        { ...stranger, pid: 70, name: "zsh" },
      ],
    });
    const { summary } = await look(port({ owner: /gateway/ }), outside);
    expect(summary).toMatch(/^Port 18789 is held by python3 \(process 77, since (?:\w+ \d+, )?\d\d:\d\d, child of zsh\)$/);
  });

  it("raises nothing without a code, and does not accuse an owner it may not see", async () => {
    const held = worldContext({ listeners: [{ address: "127.0.0.1", port: 18789, pid: 77 }], processes: [stranger] });
    expect((await look(port({ owner: /gateway/ }), held)).findings).toEqual([]);
    const hidden = worldContext({ listeners: [{ address: "127.0.0.1", port: 18789 }] });
    expect(await look(port({ owner: /gateway/, codes: { held: "x.y" } }), hidden)).toMatchObject({
      light: "green",
      summary: "Port 18789 is open, held by another account",
    });
  });

  it("keeps silence, a dead name and a missing way apart", () => {
    const judge = (connect: Parameters<ReturnType<typeof port>["judge"]>[0]["connect"]) => port().judge({ connect, listeners: [] }, []);
    expect(judge({ kind: "timed-out", reason: "" }).light).toBe("grey");
    expect(judge({ kind: "dns-failed", reason: "unknown name" })).toMatchObject({ light: "amber" });
    expect(judge({ kind: "unreachable", reason: "no route" }).summary).toContain("no route");
  });

  it("finds the stranger among several listeners", () => {
    const of = (process: ProcessFacts) => ({ address: "::1", port: 1, pid: process.pid, process });
    expect(foreignOwner([of(gateway), of(stranger)], /gateway/)?.pid).toBe(77);
    expect(foreignOwner([of(gateway)], /gateway/)).toBeUndefined();
  });
});
