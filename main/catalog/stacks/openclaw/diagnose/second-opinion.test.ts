import { describe, expect, it } from "vitest";
import { onMac, running } from "../../../../../tests/support/openclaw-outside.ts";
import type { Check, Past } from "../../../../core/model/check.ts";
import type { Facts } from "../../../../core/model/stack.ts";
import { bindChecks, listChecks } from "../checks/index.ts";
import { findPlace } from "../place/place.ts";
import { linkTo } from "../protocol/link.ts";
import { OpenClawSettings } from "../settings.ts";
import { diagnoseWith } from "./index.ts";

/** A healthy Mac on which `openclaw gateway status` answers as given, so many milliseconds ago. */
async function diagnosed(answer: unknown, ageMs = 0) {
  const there = onMac();
  const settings = OpenClawSettings.parse({});
  const place = await findPlace(settings, there.context);
  if (place === null) throw new Error("not found");
  const checks = bindChecks({ place, link: linkTo(there.ports, place.target.url), bootGraceMs: 240_000 }, settings);
  const past = new Map<string, Past<unknown>[]>();
  const nowMs = there.clock.nowMs();
  for (const check of listChecks(checks).filter((one) => one.lane === "poll"))
    past.set(check.id, [{ at: nowMs, seen: await running(there, check.observe(there.context)) }]);
  if (answer !== undefined) past.set("gateway-status", [{ at: nowMs - ageMs, seen: { outcome: "exited", payload: answer } }]);
  const facts: Facts = {
    nowMs,
    of: <Seen>(check: Check<Seen>) => past.get(check.id)?.at(-1)?.seen as Seen | undefined,
    past: <Seen>(check: Check<Seen>) => (past.get(check.id) ?? []) as readonly Past<Seen>[],
  };
  return diagnoseWith(checks, place, 240_000)(facts).filter((one) => one.code === "openclaw.cross-validation");
}
const unreachable = { rpc: { ok: false, connectFailure: { kind: "unreachable" }, error: "connect ECONNREFUSED" } };

describe("OpenClaw's own opinion beside ours", () => {
  it("is silent while nobody asked for it, and when both agree", async () => {
    expect(await diagnosed(undefined)).toEqual([]);
    expect(await diagnosed({ rpc: { ok: true } })).toEqual([]);
  });

  it("is told as a note when it contradicts what we see now", async () => {
    const [finding] = await diagnosed(unreachable);
    expect(finding).toMatchObject({ light: "green" });
    expect(finding?.evidence.map((one) => one.source)).toEqual(["gateway answers", "gateway lets us in"]);
  });

  it("is forgotten when it is about another moment", async () => {
    expect(await diagnosed(unreachable, 600_000)).toEqual([]);
  });
});
