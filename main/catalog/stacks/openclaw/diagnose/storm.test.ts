import { describe, expect, it } from "vitest";
import type { HttpAnswer } from "../../../../core/ports/http-client.ts";
import { lifecycleLines } from "../checks/log.ts";
import { mac } from "../demos/mac-unit.ts";
import type { Situation } from "./situation.ts";
import { judgeRestarts, runsSeen } from "./storm.ts";

const nowMs = 1_795_000_000_000;
const minute = 60_000;
const answer = (uptimeMs: number | undefined): HttpAnswer =>
  uptimeMs === undefined
    ? { kind: "refused", reason: "", durationMs: 0 }
    : {
        kind: "answered",
        status: 200,
        headers: {},
        body: JSON.stringify({ ok: true, status: "started", uptimeMs }),
        truncated: false,
        durationMs: 1,
      };

describe("runs of a gateway, by the age it tells", () => {
  const seen = (...ages: readonly (number | undefined)[]) =>
    runsSeen(ages.map((age, index) => ({ at: nowMs + index * 15_000, seen: answer(age) })));

  it.each([
    [[60_000, 75_000, 90_100], 0],
    [[60_000, 5_000, 20_000], 1],
    [[60_000, undefined, 8_000, 3_000], 2],
    [[9_000, 4_000, 6_000, 2_000], 2],
    [[60_000, 60_000, 60_000, 60_000], 0],
    [[undefined, undefined], 0],
    [[], 0],
  ])("of %j changed %i times", (ages, times) => {
    expect(seen(...ages)).toBe(times);
  });
});

it("counts no runs from before ten minutes ago, and none for a machine that slept between looks", () => {
  const every = (ms: number, ...ages: readonly number[]) =>
    runsSeen(ages.map((age, index) => ({ at: nowMs + index * ms, seen: answer(age) })));
  expect(every(4 * minute, 90_000, 80_000, 70_000, 60_000, 50_000)).toBe(2);
  // Asleep for hours each time, while the gateway's own clock stood still.
  expect(every(180 * minute, 60_000, 70_000, 80_000, 90_000, 100_000)).toBe(0);
});

describe("a gateway that is restarted again and again", () => {
  const place = { stateDir: mac.stateDir } as Situation["place"];
  const hit = (code: string, path: string, ...agoMs: readonly number[]) => ({
    code,
    path,
    line: "openclaw gateway lifecycle source=cli action=restart",
    count: agoMs.length,
    lastAt: nowMs,
    times: agoMs.map((ago) => nowMs - ago),
  });
  const judge = (restarts: Partial<Situation["restarts"]>, ...hits: readonly ReturnType<typeof hit>[]) =>
    judgeRestarts({
      nowMs,
      place,
      restarts: { byManager: 0, byItself: 0, ...restarts },
      log: { read: ["/l"], hits, skippedBytes: 0 },
    } as Partial<Situation> as Situation).flatMap((one) => one.evidence.map(({ source, text }) => [source, text.split(";")[0]]));
  const three = "3 restarts within ten minutes";

  it("is told by its manager, and by its own age", () => {
    expect(judge({ byManager: 3, byItself: 4 })).toEqual([
      ["service unit", three],
      ["GET /startupz", "4 restarts within ten minutes"],
    ]);
    expect(judge({ byManager: 2, byItself: 2 })).toEqual([]);
  });

  it("is told by OpenClaw's own list, which names who asked", () => {
    const path = `${mac.stateDir}/logs/gateway-restart.log`;
    expect(judge({}, hit(lifecycleLines.restart, path, 9 * minute, 5 * minute, minute))).toEqual([["gateway-restart.log", three]]);
    expect(judge({}, hit(lifecycleLines.restart, path, 14 * minute, 12 * minute, minute))).toEqual([]);
  });

  it("is told by the starts in a log that no other gateway writes to", () => {
    const starts = (path: string) => hit(lifecycleLines.start, path, 8 * minute, 6 * minute, 3 * minute, 0);
    expect(judge({}, starts(`${mac.home}/Library/Logs/openclaw/gateway.log`))).toEqual([["gateway log", three]]);
    expect(judge({}, starts("/tmp/openclaw/openclaw-2026-11-20.log"))).toEqual([]);
  });
});
