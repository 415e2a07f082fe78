import { describe, expect, it } from "vitest";
import { z } from "zod";
import { tinyPorts, tinyStack } from "../tests/support/tiny-stack.ts";
import { manualClock } from "./adapters/clock/manual-clock.ts";
import type { Stack } from "./core/model/stack.ts";
import type { Settings, SettingsIssue } from "./core/ports/settings.ts";
import { type Located, locateStack } from "./locate-stack.ts";

/** Looks for a stack with these raw settings, for as long as it takes; `rejected` is what the settings were told last. */
async function located(stack: Stack, raw?: unknown): Promise<{ found: Located; rejected: readonly SettingsIssue[] }> {
  const clock = manualClock();
  let rejected: readonly SettingsIssue[] = [];
  const settings: Settings = {
    section: () => raw,
    problems: () => [],
    reject: (_, issues) => {
      rejected = issues;
    },
    onChange: () => () => {},
  };
  const ports = { ...tinyPorts(clock), clock, settings };
  const finding = locateStack(stack, { ports, learnSecret: () => {}, nudge: () => {}, progress: () => {} });
  await clock.advance(6_000);
  return { found: await finding, rejected };
}
const stackWith = (over: Partial<Stack>): Stack => ({ ...tinyStack("aa", []), ...over });
const port = z.object({ port: z.number() });

describe("looking for a stack", () => {
  it("gives the installation, or null", async () => {
    expect((await located(tinyStack("aa", []))).found).toMatchObject({ kind: "located", installation: { checks: [] } });
    expect((await located(tinyStack("aa", [], { absent: true }))).found).toEqual({ kind: "located", installation: null });
  });

  it("tells settings that do not fit, by their place", async () => {
    const { found, rejected } = await located(stackWith({ settings: port }), { port: "eighty" });
    expect(found).toEqual({ kind: "trouble", reason: "its settings do not fit" });
    expect(rejected.map(({ path }) => path)).toEqual([["port"]]);
  });

  it("does not call something else that does not fit a mistake in the settings", async () => {
    const { found, rejected } = await located(stackWith({ settings: port, locate: async () => port.parse({}) as never }), { port: 1 });
    expect(found).toMatchObject({ kind: "trouble" });
    expect(found).not.toMatchObject({ reason: "its settings do not fit" });
    expect(rejected).toEqual([]);
  });

  it("takes a throw and a hang as trouble", async () => {
    expect((await located(stackWith({ locate: () => Promise.reject(new Error("it\nfell over")) }))).found).toEqual({
      kind: "trouble",
      reason: "it fell over",
    });
    expect((await located(stackWith({ locate: () => new Promise(() => {}) }))).found).toEqual({
      kind: "trouble",
      reason: "looking for it took longer than 5 s",
    });
  });
});
