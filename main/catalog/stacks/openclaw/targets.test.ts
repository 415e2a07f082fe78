import { describe, expect, it } from "vitest";
import { moment, onMac, running, startMs } from "../../../../tests/support/openclaw-outside.ts";
import type { Past } from "../../../core/model/check.ts";
import type { Facts } from "../../../core/model/stack.ts";
import { mac } from "./demos/mac-unit.ts";
import { type MacChanges, macWorld } from "./demos/mac-world.ts";
import { openclaw } from "./index.ts";
import { gatewayWorks } from "./targets.ts";

/** The gateway's target after one look of every polled check. */
async function looked(changes: MacChanges = {}, settings: Readonly<Record<string, unknown>> = {}) {
  const there = onMac(changes);
  const found = await running(there, openclaw.locate(settings, there.context));
  const seen = new Map<string, Past<unknown>>();
  for (const one of found?.checks.filter(({ lane }) => lane === "poll") ?? [])
    seen.set(one.id, { at: startMs, seen: await running(there, one.observe(there.context)) });
  const facts: Facts = {
    nowMs: startMs,
    of: (one) => seen.get(one.id)?.seen as never,
    past: (one) => (seen.has(one.id) ? [seen.get(one.id)] : []) as never,
  };
  return { found, facts, target: found?.targets?.[0] };
}

describe("what repairs may restart", () => {
  it("is the gateway's own unit, with what proves it and how long it boots", async () => {
    const { facts, found, target } = await looked({}, { bootGraceSeconds: 90 });
    expect(found?.targets).toHaveLength(1);
    expect(target).toMatchObject({ label: mac.label, ports: [mac.port], bootGraceMs: 90_000, proofs: ["session", "ready", "live"] });
    expect(target?.unit(facts)).toMatchObject({ kind: "loaded", state: "running", pid: mac.pid });
    expect(target?.works(facts)).toBe(true);
    const known = new Set(found?.checks.map(({ id }) => id));
    expect(target?.proofs.filter((id) => !known.has(id))).toEqual([]);
  });

  it("is known to be down while nobody answers, and unknown before anything was looked at", async () => {
    const { facts, target } = await looked({ gateway: "closed" });
    expect(target?.works(facts)).toBe(false);
    expect(target?.works({ nowMs: startMs, of: () => undefined, past: () => [] })).toBeUndefined();
    expect(target?.unit({ nowMs: startMs, of: () => undefined, past: () => [] })).toBeUndefined();
  });

  it("does not work while it starts, so that its boot is waited for", async () => {
    const { facts, target } = await looked({ gateway: "starting" });
    expect(target?.works(facts)).toBe(false);
  });

  it("works although it turns us away: that is about our credential", async () => {
    const { facts, target } = await looked({ peer: { token: "rotated" } });
    expect(target?.works(facts)).toBe(true);
  });

  it("is nothing where there is no unit to restart", async () => {
    const remote = { gateway: { mode: "remote", remote: { url: "wss://claw.example" } } };
    expect((await looked({ config: remote })).found?.targets).toEqual([]);
    const world = { ...macWorld(moment), serviceManager: "none" as const };
    const there = onMac({}, world);
    expect((await openclaw.locate({}, there.context))?.targets).toEqual([]);
  });
});

describe("whether it works", () => {
  const session = { kind: "in", pingMs: 2, hello: { scopes: [] } } as never;
  const sure = { up: "yes", readiness: { ready: true, failing: [] }, startup: { status: "started" }, session } as const;

  it.each([
    ["let in", {}, true],
    ["let in by one whose channels fail", { readiness: { ready: false, failing: ["telegram"] } }, true],
    ["draining", { startup: { status: "draining" } }, false],
    ["hung", { up: "hung" }, false],
    ["displaced by a stranger", { up: "stranger" }, false],
    ["not looked at", { up: "unknown" }, undefined],
    ["mute", { session: { kind: "mute" } }, false],
    ["let in, and no answer to a ping", { session: { kind: "in", pingMs: null, hello: {} } }, false],
    ["suspended", { session: { kind: "in", pingMs: 1, hello: { suspension: "suspended" } } }, false],
    ["turned away by one that is not ready", { session: { kind: "refused" }, readiness: { failing: [] } }, undefined],
    ["not knocked at yet", { session: undefined }, undefined],
  ])("%s", (_what, change, works) => {
    expect(gatewayWorks({ ...sure, ...change } as never)).toBe(works);
  });
});

it("is found while the service manager hangs, and what plans need to know of it comes later", async () => {
  const there = onMac();
  let answer = (): void => {};
  const silence = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const services = {
    ...there.ports.services,
    read: async (label: string) => {
      await silence;
      return there.ports.services.read(label);
    },
  };
  const context = { ...there.context, ports: { ...there.ports, services } };
  const found = await running(there, openclaw.locate({}, context));
  expect(found?.checks.length).toBeGreaterThan(10);
  const ids = (): readonly string[] => found?.remedies.map(({ id }) => id) ?? [];
  expect(ids()).not.toContain("start-unit");
  answer();
  await there.clock.advance(10);
  expect(ids()).toContain("start-unit");
});
