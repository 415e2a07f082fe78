import { describe, expect, it } from "vitest";
import { emptyWorld } from "../../../tests/support/empty-world.ts";
import type { World } from "../../core/model/world.ts";
import type { ServiceReading } from "../../core/ports/service-manager.ts";
import { fakeServiceManager } from "./fake.ts";
import { serviceManagerSuite } from "./suite.ts";

type Loaded = Extract<ServiceReading, { kind: "loaded" }>;
const unit = (more: Partial<Loaded>): Loaded => ({
  kind: "loaded",
  state: "running",
  rawState: "active/running",
  runs: 0,
  definitionPath: "/home/sam/.config/systemd/user/lamp.service",
  argv: ["/bin/lamp", "word-of-the-fake"],
  ...more,
});

const began = Date.now();
const world = (): World => ({
  ...emptyWorld,
  serviceManager: "systemd",
  services: {
    "running.service": unit({ pid: 77, keepAlive: "always", environmentNames: ["LAMP_TOKEN"] }),
    "failing.service": unit({
      state: "waiting-to-restart",
      keepAlive: "always",
      runs: Math.floor((Date.now() - began) / 50),
      lastEnd: { exitCode: 3 },
    }),
    "ended.service": unit({ state: "stopped", keepAlive: "never", lastEnd: { exitCode: 0 } }),
    "unloaded.service": { kind: "not-loaded", definitionPath: "/home/sam/.config/systemd/user/unloaded.service", disabled: false },
  },
  serviceEnvironment: { "running.service": { LAMP_TOKEN: "canary" } },
  listings: [
    {
      label: "unloaded.service",
      scope: "user",
      definitionPath: "/home/sam/.config/systemd/user/unloaded.service",
      argv: ["word-of-the-fake"],
    },
  ],
  linger: "off",
});

serviceManagerSuite("a fake service manager", () => ({
  manager: fakeServiceManager(world),
  word: "word-of-the-fake",
  secret: "canary",
  running: async () => "running.service",
  failing: async () => "failing.service",
  ended: async () => "ended.service",
  unloaded: async () => "unloaded.service",
  unreachable: fakeServiceManager(() => ({
    ...world(),
    services: { "running.service": { kind: "unknown", reason: "no-bus", detail: "Failed to connect to bus." } },
  })),
}));

describe("the service manager of a world", () => {
  it("takes a bare name for a service under systemd, and not under launchd", async () => {
    expect(await fakeServiceManager(world).read("running")).toMatchObject({ kind: "loaded" });
    expect(await fakeServiceManager(() => ({ ...world(), serviceManager: "launchd" })).read("running")).toEqual({ kind: "not-installed" });
  });

  it("knows nothing where there is no manager", async () => {
    const none = fakeServiceManager(() => ({ ...world(), serviceManager: "none" }));
    expect(none.kind).toBe("none");
    expect(await none.read("running.service")).toMatchObject({ kind: "unknown", reason: "no-manager" });
    expect(await none.find(/./)).toEqual([]);
    expect(await none.environmentValue("running.service", "LAMP_TOKEN")).toBeNull();
    expect(await none.linger()).toBe("not-applicable");
  });

  it("says what the world says about lingering", async () => {
    expect(await fakeServiceManager(world).linger()).toBe("off");
    expect(await fakeServiceManager(() => ({ ...emptyWorld, serviceManager: "systemd" })).linger()).toBe("unknown");
  });

  it("does not list a unit twice that is both listed and described", async () => {
    const found = await fakeServiceManager(world).find(/unloaded/);
    expect(found).toHaveLength(1);
  });
});
