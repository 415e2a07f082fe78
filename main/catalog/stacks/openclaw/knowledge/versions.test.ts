import { describe, expect, it } from "vitest";
import { compareVersions, judgeVersions, type VersionFacts } from "./versions.ts";

describe("order of OpenClaw versions", () => {
  it.each([
    ["2026.9.6", "2026.9.6", 0],
    ["2026.9.6", "2026.10.1", -1],
    ["2026.12.1", "2027.1.1", -1],
    ["2026.7.1-2", "2026.7.1", 1],
    ["2026.7.1-2", "2026.7.1-10", -1],
    ["2026.6.11-beta.2", "2026.6.11", -1],
    ["2026.6.11-beta.10", "2026.6.11-beta.9", 1],
    ["OpenClaw 2026.5.3 (06d46f7)", "2026.5.4", -1],
    ["unknown", "2026.9.6", 0],
  ])("%s against %s is %i", (a, b, order) => {
    expect(Math.sign(compareVersions(a, b))).toBe(order);
    expect(Math.sign(compareVersions(b, a))).toBe(order === 0 ? 0 : -order);
  });
});

describe("installations that do not belong together", () => {
  const agreed: VersionFacts = {
    config: "2026.9.6",
    binaries: [{ path: "/opt/homebrew/bin/openclaw", version: "2026.9.6", onPath: true }],
    service: { path: "/opt/homebrew/lib/node_modules/openclaw", version: "2026.9.6" },
    running: "2026.9.6",
  };
  const judge = (change: Partial<VersionFacts>) => judgeVersions({ ...agreed, ...change }).map(({ code, light }) => [code, light]);
  const split = "openclaw.install.split-brain";

  it("is silent when all agree, and when nothing is known", () => {
    expect(judge({})).toEqual([]);
    expect(judgeVersions({ binaries: [] })).toEqual([]);
  });

  it("is red when the service would start an older program than wrote the configuration", () => {
    const { running: _gone, ...stopped } = agreed;
    expect(judgeVersions({ ...stopped, config: "2026.11.2" }).map(({ code, light }) => [code, light])).toEqual([[split, "red"]]);
    expect(judge({ config: "2026.11.2" })).toEqual([[split, "red"]]);
  });

  it("only warns while a new enough gateway is still running", () => {
    expect(judge({ config: "2026.11.2", running: "2026.11.2" })).toEqual([[split, "amber"]]);
  });

  it("warns about two versions on PATH and about a service of another version", () => {
    expect(judge({ binaries: [...agreed.binaries, { path: "/usr/local/bin/openclaw", version: "2026.7.1", onPath: true }] })).toEqual([
      [split, "amber"],
    ]);
    expect(judge({ service: { path: "/x", version: "2026.9.5" }, config: "2026.9.4", running: "2026.9.5" })).toEqual([[split, "amber"]]);
  });

  it("does not mind an old copy that is not on PATH", () => {
    expect(
      judge({ binaries: [...agreed.binaries, { path: "/Users/a/.npm-global/bin/openclaw", version: "2026.3.1", onPath: false }] }),
    ).toEqual([]);
  });

  it("notices an update that was not followed by a restart", () => {
    expect(judge({ running: "2026.9.5", config: "2026.9.5" })).toEqual([["openclaw.install.upgrade-drift", undefined]]);
  });

  it("shows every program with its version", () => {
    const evidence = judgeVersions({ ...agreed, config: "2027.1.1" })[0]
      ?.evidence.map((one) => one.text)
      .join("\n");
    expect(evidence).toContain("Last written by 2027.1.1");
    expect(evidence).toContain("2026.9.6 at /opt/homebrew/bin/openclaw");
  });
});
