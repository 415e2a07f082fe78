import { describe, expect, it } from "vitest";
import { onMac, running } from "../../../../../tests/support/openclaw-outside.ts";
import type { HttpAnswer } from "../../../../core/ports/http-client.ts";
import { findPlace } from "../place/place.ts";
import { linkTo } from "../protocol/link.ts";
import { OpenClawSettings } from "../settings.ts";
import { judgeStartup, readStartup, startupCheck } from "./startup.ts";

const answered = (body: unknown, status = 200): HttpAnswer => ({
  kind: "answered",
  status,
  headers: {},
  body: typeof body === "string" ? body : JSON.stringify(body),
  truncated: false,
  durationMs: 3,
});

describe("the start of the gateway", () => {
  it("is over", () => {
    expect(judgeStartup(answered({ ok: true, status: "started", version: "2026.9.6", uptimeMs: 9 }))).toEqual({
      light: "green",
      summary: "Started, release 2026.9.6",
    });
  });

  it.each([
    [{ ok: false, status: "starting", pendingReason: "startup-sidecars" }, "Starting, waits for startup-sidecars"],
    [{ ok: false, status: "starting" }, "Starting"],
    [{ ok: false, status: "draining" }, "Finishes its work before it stops"],
  ])("is under way, or the end is: %j", (body, summary) => {
    const verdict = judgeStartup(answered(body, 503));
    expect(verdict).toMatchObject({ light: "amber", summary });
    expect(verdict.findings?.[0]?.code).toBe("openclaw.gateway.booting");
  });

  it.each([answered("<html>"), answered({ status: 5 }), { kind: "refused", reason: "", durationMs: 1 } as HttpAnswer])(
    "is not told by older releases, strangers or nobody",
    (answer) => {
      expect(judgeStartup(answer)).toMatchObject({ light: "grey", applies: false });
      expect(readStartup(answer)).toEqual({});
    },
  );

  it("ends the wait after a refusal when the gateway was restarted since", async () => {
    const there = onMac({ peer: { token: "rotated" } });
    const place = await findPlace(OpenClawSettings.parse({ introduceDevice: "never" }), there.context);
    if (place === null) throw new Error("not found");
    const link = linkTo(there.ports, place.target.url);
    const check = startupCheck({ place, link, bootGraceMs: 240_000 });
    const knock = () =>
      running(
        there,
        link.with(place.target, there.context, async ({ remembered }) => remembered),
      );
    await knock();
    await running(there, check.observe(there.context));
    expect(await knock()).toBe(true);
    link.startedAt(there.clock.nowMs() + 1);
    expect(await knock()).toBe(false);
  });
});
