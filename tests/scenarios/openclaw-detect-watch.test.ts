import { describe, expect, it } from "vitest";
import type { StackState } from "../../main/core/model/snapshot.ts";
import { watchWith } from "../support/openclaw-faults-look.ts";
import { beganAgo, changeProbe, changeUnit, type Draft, logPathOf, part, takeDown } from "../support/openclaw-faults-world.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const brief = ({ findings, light }: StackState) => [light, findings.filter((one) => one.root).map((one) => [one.code, one.state])];

describe("a watched gateway", () => {
  it("is warned about when a known line arrives in its log, and no more when it has grown old", async () => {
    const story = (draft: Draft, elapsedMs: number): void => {
      if (elapsedMs < 2 * MINUTE) return;
      const entry = {
        subsystem: "gateway/ws",
        message: "⇄ res ✗ node.invoke 12ms errorCode=UNAVAILABLE errorMessage=SYSTEM_RUN_DENIED: approval required",
      };
      draft.log.push({ ...entry, agoMs: elapsedMs - 2 * MINUTE });
    };
    await watchWith(story, "macos", async ({ pass, state }) => {
      await pass(MINUTE);
      expect(brief(await state())).toEqual(["green", []]);
      await pass(2 * MINUTE);
      expect(brief(await state())).toEqual(["amber", [["openclaw.node.approval-required", "hard"]]]);
      await pass(18 * MINUTE);
      expect(brief(await state())).toEqual(["green", []]);
    });
  });

  it("is believed to crash again and again after two looks", async () => {
    const story = (draft: Draft, elapsedMs: number): void => {
      if (elapsedMs < MINUTE) return;
      takeDown(draft);
      const runs = 2 + Math.floor((elapsedMs - MINUTE) / (11 * SECOND));
      changeUnit(draft, { state: "waiting-to-restart", rawState: "spawn scheduled", runs, lastEnd: { exitCode: 1 } });
    };
    await watchWith(story, "macos", async ({ pass, state }) => {
      await pass(50 * SECOND);
      expect((await state()).light).toBe("green");
      await pass(40 * SECOND);
      const seen = await state();
      expect(brief(seen)).toEqual(["red", [["openclaw.service.crash-loop", "hard"]]]);
      expect(seen.findings[0]).toMatchObject({ symptoms: ["G2", "O16"], followers: ["openclaw.gateway.not-running"] });
    });
  });

  it.each(["macos", "linux"] as const)("is in a storm when somebody restarts it every minute (O38, %s)", async (platform) => {
    const story = (draft: Draft, elapsedMs: number): void => {
      if (elapsedMs < MINUTE) return;
      const since = (elapsedMs - MINUTE) % MINUTE;
      beganAgo(draft, since);
      // Each end is polite, so that the unit by itself looks well.
      changeUnit(draft, { runs: 2 + Math.floor((elapsedMs - MINUTE) / MINUTE), lastEnd: { exitCode: 0 } });
    };
    await watchWith(story, platform, async ({ pass, state }) => {
      await pass(90 * SECOND);
      expect((await state()).findings.map((one) => one.code)).not.toContain("openclaw.gateway.restart-storm");
      await pass(5 * MINUTE);
      const seen = await state();
      const storm = seen.findings.find((one) => one.code === "openclaw.gateway.restart-storm");
      expect([seen.light, storm?.state, storm?.root, storm?.symptoms]).toEqual(["red", "hard", true, ["O38"]]);
      expect(storm?.evidence.map((one) => one.text).join("\n")).toMatch(/\d restarts within ten minutes/);
    });
  });

  it("is amber while it starts, and green when it is ready, without ever being red", async () => {
    const story = (draft: Draft, elapsedMs: number): void => {
      if (elapsedMs < MINUTE) return;
      const since = elapsedMs - MINUTE;
      const young = draft.world.processes;
      if (since < 20 * SECOND) {
        takeDown(draft);
        draft.world.processes = young;
      }
      beganAgo(draft, since);
      changeUnit(draft, { runs: 2, lastEnd: { exitCode: 0 } });
      if (since >= 20 * SECOND && since < 45 * SECOND) {
        changeProbe(draft, "readyz", { ready: false, failing: ["startup-sidecars"] }, 503);
        changeProbe(draft, "startupz", { ok: false, status: "starting", pendingReason: "startup-sidecars" }, 503);
        const details = { reason: "startup-sidecars" };
        draft.peer = {
          ...draft.peer,
          refusesAll: { code: "UNAVAILABLE", message: "gateway starting; retry shortly", retryable: true, details },
        };
      }
    };
    await watchWith(story, "macos", async ({ pass, state, lights }) => {
      await pass(75 * SECOND);
      expect((await state()).findings[0]?.code).toBe("openclaw.gateway.booting");
      await pass(20 * SECOND);
      expect((await state()).light).toBe("amber");
      await pass(2 * MINUTE);
      expect(brief(await state())).toEqual(["green", []]);
      expect(lights).not.toContain("red");
    });
  });

  it("says which channel went down while the gateway calls itself well, and takes it back", async () => {
    const story = (draft: Draft, elapsedMs: number): void => {
      if (elapsedMs < MINUTE || elapsedMs > 10 * MINUTE) return;
      const accounts = part(draft.answers, "channels.status", "channelAccounts")["telegram"];
      const [telegram] = Array.isArray(accounts) ? (accounts as Record<string, unknown>[]) : [];
      Object.assign(telegram ?? {}, {
        connected: false,
        lifecycle: "blocked",
        lastError: "Conflict: terminated by other getUpdates request",
      });
    };
    await watchWith(story, "linux", async ({ pass, state }) => {
      await pass(5 * MINUTE);
      expect(brief(await state())).toEqual(["red", [["openclaw.channel.failing", "hard"]]]);
      expect((await state()).sentence).toMatch(/telegram/);
      await pass(10 * MINUTE);
      expect(brief(await state())).toEqual(["green", []]);
    });
  });

  it("reads on in the next day's log", async () => {
    const story = (draft: Draft, elapsedMs: number): void => {
      if (elapsedMs < 6.5 * 60 * MINUTE) return;
      draft.log.push({
        agoMs: 30 * SECOND,
        subsystem: "gateway",
        message: "gateway restart-loop breaker tripped: 3 unclean boot(s) within 300000ms",
      });
    };
    await watchWith(
      story,
      "linux",
      async ({ pass, state }) => {
        await pass(6.4 * 60 * MINUTE);
        expect(brief(await state())).toEqual(["green", []]);
        await pass(10 * MINUTE);
        expect(brief(await state())).toEqual(["red", [["openclaw.gateway.restart-storm", "hard"]]]);
      },
      { grainMs: 20 * SECOND, watchFiles: false },
    );
    expect(logPathOf({ moment: { nowMs: Date.parse("2026-11-21T00:30:00Z"), startedMs: 0 } })).toContain("2026-11-21");
  });
});
