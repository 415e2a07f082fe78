import { describe, expect, it, onTestFinished } from "vitest";
import type { App } from "../../main/app.ts";
import { runCli } from "../../main/hosts/cli/run-cli.ts";
import { newDisk } from "../support/acting-double.ts";
import { aStackDefinition, type FakeTerminalOptions, fakeSurroundings, fakeTerminal } from "../support/fake-terminal.ts";
import {
  CODE,
  CONFIG,
  command,
  LABEL,
  look,
  planned,
  type Rig,
  type RigOptions,
  relayOn,
  repairRig,
  restart,
  write,
} from "../support/repair-rig.ts";

/** The command line over the real core and an invented relay, whose time goes by on its own. */
async function machine(options: RigOptions = {}) {
  const rig: Rig = await repairRig({ mode: "once", ...options });
  const passing = setInterval(() => void rig.clock.advance(500), 5);
  onTestFinished(() => clearInterval(passing));
  // The rig has looked once already, and outlives each call.
  const app: App = { ...rig.app, start: async () => {}, stop: async () => {} };
  const stacks = async () => [aStackDefinition("pigeon")];
  return {
    rig,
    lamplighter: async (argv: readonly string[], terminalOptions: FakeTerminalOptions = {}) => {
      const terminal = fakeTerminal(terminalOptions);
      const code = await runCli(argv, terminal, fakeSurroundings({ openApp: async () => app, stacks }));
      return { code, out: terminal.out(), errors: terminal.errors() };
    },
  };
}

describe("the command line over the real core", () => {
  it("shows the exact command, runs it on a yes, and proves that it helped", async () => {
    const { lamplighter, rig } = await machine();
    const shown = await lamplighter(["repair", "part.broken", "--dry-run"]);
    expect([shown.code, rig.relay.done]).toEqual([0, []]);
    expect(shown.out).toContain(`$ systemctl --user restart ${LABEL}`);
    const { code, out } = await lamplighter(["repair", CODE, "--yes", "--json"]);
    expect(code).toBe(0);
    expect(rig.relay.done).toEqual([`restart ${LABEL}`]);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      code: CODE,
      ran: true,
      receipt: { before: { light: "red" }, after: { light: "green" }, verified: true, verifiedBy: ["health"] },
    });
  });

  it("runs nothing without a yes", async () => {
    const { lamplighter, rig } = await machine();
    expect((await lamplighter(["repair", CODE])).code).toBe(3);
    expect((await lamplighter(["repair", CODE], { typed: ["no"] })).code).toBe(3);
    expect(rig.relay.done).toEqual([]);
  });

  it("says at which step it stopped, and puts the files back byte for byte", async () => {
    const relay = relayOn(newDisk({ [CONFIG]: "old" }));
    relay.run = async () => ({ exitCode: 1, stderr: "pigeon: no such loft" });
    const { lamplighter, rig } = await machine({ relay, effects: [write("new"), command(["pigeon", "reload"])] });
    const failed = await lamplighter(["repair", CODE, "--yes"]);
    expect(failed.code).toBe(2);
    expect(failed.out).toContain("pigeon: no such loft");
    const id = /lamplighter repair --undo (\S+)/.exec(failed.out)?.[1] ?? "";
    expect(rig.relay.disk.files.get(CONFIG)?.text).toBe("new");
    const undone = await lamplighter(["repair", "--undo", id, "--yes"]);
    expect(undone.out).toContain("✓ Undone");
    expect(rig.relay.disk.files.get(CONFIG)?.text).toBe("old");
  });

  it("stops at a step for a person when none is there, and goes on when one is", async () => {
    const effects = [planned({ do: "ask-person", instruction: "Feed the pigeons" }), restart, look];
    const away = await machine({ effects });
    const stopped = await away.lamplighter(["repair", CODE, "--yes"]);
    expect([stopped.code, away.rig.relay.done]).toEqual([3, []]);
    expect(stopped.errors).toContain("Step 1 needs a person: Feed the pigeons");
    const there = await machine({ effects });
    const done = await there.lamplighter(["repair", CODE], { typed: ["y", "d"] });
    expect([done.code, there.rig.relay.done]).toEqual([0, [`restart ${LABEL}`]]);
  });

  it("ends another program only after a yes to a plan that named exactly it", async () => {
    const effects = [planned({ do: "end-process", pid: 4242, startedMs: 1_000, name: "hawk" }, "disruptive"), restart];
    const { lamplighter, rig } = await machine({ effects });
    rig.relay.processes = [{ pid: 4242, startedMs: 1_000, user: "sam", command: "hawk" } as never];
    const { out } = await lamplighter(["repair", CODE, "--dry-run"]);
    expect(out).toContain("End hawk (process 4242)");
    const refused = await lamplighter(["repair", CODE], { typed: ["y", "s"] });
    expect(refused.errors).toContain("End hawk (process 4242, owned by sam)?");
    expect(rig.relay.done).toEqual([]);
  });

  it("respects a stop by a person, says so, and starts again when a person wants it", async () => {
    const { lamplighter, rig } = await machine();
    rig.relay.isUp = true;
    expect((await lamplighter(["stop", "pigeon", "--yes"])).code).toBe(0);
    expect((await lamplighter(["repair"])).out).toContain("Stopped by you\n  pigeon, ");
    const refused = await lamplighter(["repair", CODE, "--yes"]);
    expect([refused.code, rig.relay.done]).toEqual([3, [`stop ${LABEL}`]]);
    expect((await lamplighter(["start", "pigeon", "--yes"])).code).toBe(0);
    expect(rig.relay.done).toEqual([`stop ${LABEL}`, `start ${LABEL}`]);
  });

  it("tells in its journal what it did, in sentences", async () => {
    const { lamplighter } = await machine();
    await lamplighter(["repair", CODE, "--yes"]);
    const { code, out } = await lamplighter(["journal"]);
    expect(code).toBe(0);
    expect(out).toContain(`Began “Mend the relay” for ${CODE}`);
    expect(out).toContain(`Step 1: do service-unit · systemctl --user restart ${LABEL}`);
    expect(out).toMatch(/Ended, verified: /);
  });
});
