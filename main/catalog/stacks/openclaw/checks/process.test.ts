import { describe, expect, it } from "vitest";
import { moment, onMac, running } from "../../../../../tests/support/openclaw-outside.ts";
import type { ProcessFacts } from "../../../../core/ports/machine.ts";
import { mac } from "../demos/mac-unit.ts";
import { type MacChanges, macWorld } from "../demos/mac-world.ts";
import { findPlace } from "../place/place.ts";
import { linkTo } from "../protocol/link.ts";
import { OpenClawSettings } from "../settings.ts";
import { judgeProcess, processCheck } from "./process.ts";

const newborn = (over: Partial<ProcessFacts> = {}): ProcessFacts => ({
  pid: 50,
  ppid: 1,
  user: "ada",
  name: "node",
  command: "/opt/homebrew/bin/node /opt/homebrew/lib/node_modules/openclaw/openclaw.mjs gateway run",
  state: "running",
  startedMs: moment.nowMs - 3_000,
  ...over,
});

async function look(changes: MacChanges, processes?: readonly ProcessFacts[]) {
  const there = onMac(changes, processes === undefined ? {} : { processes });
  const place = await findPlace(OpenClawSettings.parse({}), there.context);
  if (place === null) throw new Error("not found");
  const check = processCheck({ place, link: linkTo(there.ports, "ws://x"), bootGraceMs: 240_000 });
  return running(there, check.observe(there.context));
}

describe("the gateway's process", () => {
  it("is the one that holds the lock; its command line is not kept", async () => {
    const seen = await look({});
    expect(seen).toMatchObject({ owner: { pid: mac.pid, state: "sleeping", ageMs: 3_600_000 }, newborn: [] });
    expect(JSON.stringify(seen)).not.toContain("command");
    expect(judgeProcess(seen)).toMatchObject({ light: "green", summary: "Process 4711 runs, 393 MB" });
  });

  it("is frozen when it is suspended", async () => {
    const verdict = judgeProcess(await look({ gateway: "silent" }));
    expect(verdict).toMatchObject({ light: "red", findings: [{ code: "openclaw.gateway.frozen", light: "red" }] });
  });

  it("was killed when its lock is left behind", async () => {
    const { files } = macWorld(moment);
    const seen = await look({ gateway: "closed", files });
    expect(seen).toMatchObject({ gone: { pid: mac.pid } });
    expect(judgeProcess(seen)).toMatchObject({ applies: false, summary: "Process 4711 ended without stopping in order" });
  });

  it("may be too young to hold a lock", async () => {
    expect((await look({ gateway: "closed" }, [newborn()])).newborn).toMatchObject([{ pid: 50, ageMs: 3_000 }]);
    expect((await look({ gateway: "closed" }, [newborn({ command: "openclaw-gateway" })])).newborn).toHaveLength(1);
  });

  it("that comes after a killed one began after that one took its lock", async () => {
    const files = Object.fromEntries(
      Object.entries(macWorld(moment).files).map(([path, file]) => [
        path,
        path.endsWith("gateway.state.lock")
          ? { ...file, text: file.text.replace(/"createdAt":"[^"]*"/, `"createdAt":"${new Date(moment.nowMs - 10_000).toISOString()}"`) }
          : file,
      ]),
    );
    const older = newborn({ pid: 51, startedMs: moment.nowMs - 20_000 });
    const seen = await look({ gateway: "closed", files }, [older, newborn()]);
    expect([seen.gone?.pid, seen.newborn.map(({ pid }) => pid)]).toEqual([mac.pid, [50]]);
  });

  it.each<[string, Partial<ProcessFacts>]>([
    ["old", { startedMs: moment.nowMs - 60_000 }],
    ["another account's", { user: "eve" }],
    ["another command of the same program", { command: "node openclaw.mjs gateway status --json" }],
    ["a search for it", { command: "grep openclaw gateway" }],
  ])("is not guessed from a process that is %s", async (_what, over) => {
    expect((await look({ gateway: "closed" }, [newborn(over)])).newborn).toEqual([]);
  });

  it("may live in a container, so that none here is no proof", async () => {
    expect(judgeProcess(await look({ gateway: "closed" }))).toEqual({
      light: "grey",
      summary: "No process of its own here",
      applies: false,
    });
  });
});
