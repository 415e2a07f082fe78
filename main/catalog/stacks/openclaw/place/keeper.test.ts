import { describe, expect, it } from "vitest";
import { onMac } from "../../../../../tests/support/openclaw-outside.ts";
import type { World } from "../../../../core/model/world.ts";
import type { ServiceReading } from "../../../../core/ports/service-manager.ts";
import { mac, unit } from "../demos/mac-unit.ts";
import { OpenClawSettings } from "../settings.ts";
import { findKeeper, findsItself, readUnit } from "./keeper.ts";
import { findPlace } from "./place.ts";

const marked = ["OPENCLAW_SERVICE_MARKER"];
const program = "/opt/homebrew/bin/openclaw";

async function keeperOf(
  service: ServiceReading,
  over: Partial<World> = {},
  settings: Readonly<Record<string, unknown>> = {},
  openclaw: string | null = program,
) {
  const { context } = onMac({ service }, over);
  const parsed = OpenClawSettings.parse(settings);
  const place = await findPlace(parsed, context);
  if (place === null) throw new Error("not found");
  const reading = place.label === null ? undefined : await readUnit(place.label, context.ports);
  return findKeeper(place, reading, parsed, openclaw, context);
}

describe("who looks after the gateway's unit", () => {
  it("is OpenClaw's own command where that marked the unit", async () => {
    expect(await keeperOf(unit({ environmentNames: marked }))).toBe("openclaw");
    const wrapped = [`${mac.stateDir}/service-env/${mac.label}-env-wrapper.sh`];
    expect(await keeperOf(unit({ environmentNames: [], argv: ["/bin/sh", ...wrapped] }))).toBe("openclaw");
  });

  it("is the service manager where somebody else wrote the unit", async () => {
    expect(await keeperOf(unit({ environmentNames: ["PATH"] }))).toBe("manager");
  });

  it("is the service manager where there is no program to ask, or the unit has a name of its own", async () => {
    expect(await keeperOf(unit({ environmentNames: marked }), {}, {}, null)).toBe("manager");
    const services = { "org.example.claw": unit({ environmentNames: marked }) };
    expect(await keeperOf(unit(), { services }, { label: "org.example.claw" })).toBe("manager");
  });

  it("is the service manager where the program would look at another folder", async () => {
    const stateDir = "/Users/ada/elsewhere";
    const files = { [`${stateDir}/openclaw.json`]: { text: "{}" } };
    expect(await keeperOf(unit({ environmentNames: marked }), { files }, { stateDir })).toBe("manager");
  });

  it("is nobody where there is no unit, or no manager", async () => {
    expect(await keeperOf({ kind: "not-installed" })).toBe("nobody");
    expect(await keeperOf(unit(), { serviceManager: "none" })).toBe("nobody");
  });

  it("is told of a unit that is not loaded by its definition", async () => {
    const down: ServiceReading = { kind: "not-loaded", definitionPath: mac.plist, disabled: false };
    expect(await keeperOf(down)).toBe("manager");
    expect(await keeperOf(down, { serviceEnvironment: { [mac.label]: { OPENCLAW_SERVICE_MARKER: "openclaw" } } })).toBe("openclaw");
  });
});

describe("the openclaw program", () => {
  it("finds what its own variables name, and nothing that only our settings know", async () => {
    const { context } = onMac({}, { env: { OPENCLAW_STATE_DIR: "/srv/claw" } });
    const settings = OpenClawSettings.parse({});
    expect(findsItself({ stateDir: "/srv/claw", configPath: "/srv/claw/openclaw.json" }, settings, context)).toBe(true);
    expect(findsItself({ stateDir: mac.stateDir, configPath: `${mac.stateDir}/openclaw.json` }, settings, context)).toBe(false);
  });

  it("is told the profile of our settings", () => {
    const { context } = onMac();
    const work = { stateDir: "/Users/ada/.openclaw-work", configPath: "/Users/ada/.openclaw-work/openclaw.json" };
    expect(findsItself(work, OpenClawSettings.parse({ profile: "work" }), context)).toBe(true);
    expect(findsItself(work, OpenClawSettings.parse({}), context)).toBe(false);
  });
});
