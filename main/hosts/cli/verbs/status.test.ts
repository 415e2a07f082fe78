import { describe, expect, it } from "vitest";
import { aRedSnapshot, aSnapshot, fakeApp } from "../../../../tests/support/fake-app.ts";
import { fakeSurroundings, fakeTerminal } from "../../../../tests/support/fake-terminal.ts";
import { Snapshot } from "../../../core/model/snapshot.ts";
import type { AppRequest } from "../call.ts";
import { runCli } from "../run-cli.ts";

async function status(app = fakeApp(), ...more: readonly string[]) {
  const terminal = fakeTerminal();
  const requests: AppRequest[] = [];
  const surroundings = fakeSurroundings({
    openApp: async (request) => {
      requests.push(request);
      return app;
    },
  });
  const code = await runCli(["status", ...more], terminal, surroundings);
  return { code, out: terminal.out(), requests, app };
}

describe("status", () => {
  it.each([
    ["green", 0],
    ["amber", 1],
    ["red", 2],
    ["grey", 3],
  ] as const)("ends with the plugin code of %s", async (light, code) => {
    expect((await status(fakeApp({ snapshot: aSnapshot({ light }) }))).code).toBe(code);
  });

  it("prints the snapshot as one line of JSON that keeps the schema", async () => {
    const { out } = await status(fakeApp({ snapshot: aRedSnapshot() }), "--json");
    expect(out.split("\n")).toHaveLength(2);
    expect(Snapshot.parse(JSON.parse(out))).toEqual(aRedSnapshot());
  });

  it("shows the commands of a remedy in its text", async () => {
    const { out } = await status(fakeApp({ snapshot: aRedSnapshot() }));
    expect(out).toContain("1. acme token --sync\n");
    expect(out).toContain("2. Ask Acme again\n");
  });

  it("looks once, only at the stack that was asked for, and stops", async () => {
    const { requests, app } = await status(fakeApp(), "--stack", "acme");
    expect(requests).toEqual([{ mode: "once", only: "acme" }]);
    expect([app.started(), app.stopped()]).toEqual([true, true]);
  });

  it("still answers within two seconds when a probe hangs", async () => {
    const started = performance.now();
    const { code, out } = await status(
      fakeApp({ hangs: true, snapshot: aSnapshot({ light: "grey", sentence: "Looking…", settling: true }) }),
    );
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(code).toBe(3);
    expect(out).toContain("some answers are still missing");
  });

  it("prints nothing when it is interrupted", async () => {
    const terminal = fakeTerminal();
    terminal.end();
    expect(await runCli(["status"], terminal, fakeSurroundings({ app: fakeApp({ hangs: true }) }))).toBe(3);
    expect(terminal.out()).toBe("");
  });
});
