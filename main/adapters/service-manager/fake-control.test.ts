import { describe, expect, it } from "vitest";
import { emptyWorld } from "../../../tests/support/empty-world.ts";
import type { World } from "../../core/model/world.ts";
import type { ServiceReading } from "../../core/ports/service-manager.ts";
import { serviceControlSuite } from "./control-suite.ts";
import { fakeServiceManager } from "./fake.ts";
import { fakeServiceControl } from "./fake-control.ts";
import { worldOverlay } from "./fake-overlay.ts";

const path = "/home/sam/definition";
const loaded = (state: "running" | "stopped" | "failed", more: object = {}): ServiceReading => ({
  kind: "loaded",
  state,
  rawState: state,
  definitionPath: path,
  argv: ["/opt/agent"],
  enabled: true,
  ...more,
});

const acted = (change: Partial<World>) => {
  let base: World = { ...emptyWorld, ...change };
  const overlay = worldOverlay(() => base);
  const control = fakeServiceControl(overlay);
  const set = (next: Partial<World>) => {
    base = { ...base, ...next };
  };
  return { overlay, control, manager: fakeServiceManager(overlay.world), set, base: () => base };
};

describe.each(["launchd", "systemd"] as const)("an invented %s", (serviceManager) => {
  const { control, manager, set, base } = acted({ serviceManager, files: { "/log": { text: "one\nlamp-last-words\n" } } });
  let made = 0;
  const unit = async (reading: ServiceReading): Promise<string> => {
    const label = serviceManager === "systemd" ? `agent-${++made}.service` : `org.example.agent-${++made}`;
    set({ services: { ...base().services, [label]: reading } });
    return label;
  };
  serviceControlSuite("fakeServiceControl", () => ({
    control,
    manager,
    running: () => unit(loaded("running", { pid: 812 })),
    stopped: () => unit(loaded("stopped")),
    unloaded: () => unit({ kind: "not-loaded", definitionPath: path, disabled: false }),
    failing: () => unit(loaded("failed", { lastEnd: { exitCode: 3 }, stdoutPath: "/log" })),
    lastWords: "lamp-last-words",
    redefine: async (label, word) => {
      const services = { [label]: loaded("running", { argv: ["/opt/agent", word] }) };
      set({ afterStart: { [label]: { services } } });
    },
    unreachable: acted({ serviceManager: "none" }).control,
  }));
});

describe("what acting changes in an invented world", () => {
  const label = "org.example.agent";
  const world: Partial<World> = {
    serviceManager: "launchd",
    services: { [label]: loaded("running", { pid: 812, runs: 4 }) },
    listeners: [
      { address: "127.0.0.1", port: 1234, pid: 812 },
      { address: "127.0.0.1", port: 99 },
    ],
  };

  it("is that the ports of a stopped unit close, and no others", async () => {
    const { control, overlay, base } = acted(world);
    await control.act("stop", label);
    expect(overlay.world().listeners).toEqual([{ address: "127.0.0.1", port: 99 }]);
    expect(base().listeners).toHaveLength(2);
  });

  it("is that the ports of a restarted unit belong to its new process", async () => {
    const { control, overlay } = acted(world);
    const done = await control.act("restart", label);
    expect(overlay.world().listeners[0]).toMatchObject({ port: 1234, pid: "pid" in done ? done.pid : 0 });
    expect(overlay.world().services[label]).toMatchObject({ runs: 5 });
  });

  it("is what the world says follows from a start, and stays so while the world moves on", async () => {
    const crashing = loaded("failed", { lastEnd: { exitCode: 1 } });
    const { control, overlay, set } = acted({
      ...world,
      services: { [label]: crashing },
      afterStart: { [label]: { hostName: "lit", http: { other: "hang" } } },
      http: { more: "hang" },
    });
    expect(await control.act("start", label)).toMatchObject({ kind: "done" });
    set({ user: "other" });
    expect(overlay.world()).toMatchObject({ hostName: "lit", user: "other" });
    // Who answered before need not answer after a start.
    expect(overlay.world().http).toEqual({ other: "hang" });
  });

  it("may be told by a world that knows the start and what was there before it", async () => {
    let nowMs = 1_000;
    const base: World = {
      ...emptyWorld,
      ...world,
      services: { [label]: loaded("failed", { lastEnd: { exitCode: 1 } }) },
      afterStart: {
        [label]: ({ pid, rewritten, startedMs }, { user }) =>
          rewritten ? { hostName: `${user} ${startedMs}`, services: { [label]: loaded("running", { pid, runs: 1 }) } } : undefined,
      },
    };
    const overlay = worldOverlay(() => base, { nowMs: () => nowMs });
    const control = fakeServiceControl(overlay);
    expect(await control.act("start", label)).toMatchObject({ kind: "failed" });
    overlay.rewrite(label);
    const done = await control.act("start", label);
    nowMs = 9_000;
    expect(overlay.world()).toMatchObject({ hostName: `${base.user} 1000` });
    expect(overlay.world().services[label]).toMatchObject({ state: "running", runs: 1, pid: "pid" in done ? done.pid : 0 });
  });

  it("is that a process that was ended leaves nobody to answer on its ports, and others alone", () => {
    const { overlay } = acted({ ...world, http: { "GET http://127.0.0.1:1234/": "hang", "GET http://127.0.0.1:99/": "hang" } });
    overlay.end(812);
    expect(Object.keys(overlay.world().http)).toEqual(["GET http://127.0.0.1:99/"]);
    expect(overlay.world().listeners).toEqual([{ address: "127.0.0.1", port: 99 }]);
  });

  it("is nothing when a unit that fails is started again as it is", async () => {
    const crashing = loaded("failed", { lastEnd: { exitCode: 1 } });
    const { control, overlay } = acted({ ...world, services: { [label]: crashing } });
    expect(await control.act("start", label)).toMatchObject({ kind: "failed" });
    expect(overlay.world().services[label]).toEqual(crashing);
  });

  it("is that a unit killed for its replaced program runs once it is loaded anew", async () => {
    const killed = loaded("failed", { needsReload: true, lastEnd: { reason: "OS_REASON_CODESIGNING" } });
    const { control, overlay } = acted({ ...world, services: { [label]: killed } });
    expect((await control.commands("restart", label)).map((argv) => argv[1])).toEqual(["bootout", "enable", "bootstrap", "kickstart"]);
    expect(await control.act("restart", label)).toMatchObject({ kind: "done" });
    const now = overlay.world().services[label];
    expect(now).toMatchObject({ state: "running" });
    expect(now).not.toHaveProperty("needsReload");
    expect(now).not.toHaveProperty("lastEnd");
  });

  it("is that systemd may start again what it gave up on", async () => {
    const unit = "agent.service";
    const gaveUp = loaded("failed", { gaveUp: true, lastEnd: { exitCode: 1 } });
    const { control, overlay } = acted({ serviceManager: "systemd", services: { [unit]: gaveUp } });
    expect(await control.act("reset-failed", "agent")).toMatchObject({ kind: "done" });
    expect(overlay.world().services[unit]).toMatchObject({ state: "stopped", gaveUp: false });
  });

  it("is asked for by the names that the manager knows", async () => {
    const unit = "agent\\x2dtwo@a:b.service";
    const { control } = acted({ serviceManager: "systemd", services: { [unit]: loaded("stopped") } });
    expect(await control.act("start", unit)).toMatchObject({ kind: "done" });
    expect(await control.act("stop", "default.target")).toMatchObject({ kind: "failed" });
  });

  it("is that units outlive the last log-out", async () => {
    const { control, overlay } = acted({ serviceManager: "systemd", linger: "off" });
    expect(await control.act("enable-linger", "")).toMatchObject({ kind: "done" });
    expect(overlay.world().linger).toBe("on");
    expect(await control.act("enable-linger", "")).toMatchObject({ kind: "already" });
  });
});
