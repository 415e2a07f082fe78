import { describe, expect, it } from "vitest";
import { comparisons, type OwnView, type SlowAnswers, trendWords } from "./cross-check.ts";
import { crossValidate } from "./ladder.ts";

const fine: OwnView = { answers: "yes", letsIn: "yes", channelsWork: "yes", configValid: "yes" };
const account = { accountId: "default", enabled: true, configured: true, running: true, connected: true };
const good: SlowAnswers = {
  status: { rpc: { ok: true } },
  channels: { ts: 1, channelAccounts: { telegram: [account] } },
  doctor: { findings: [{ checkId: "core/doctor/memory-search", severity: "warning", message: "no key" }] },
};
const judgeAnswers = (answers: SlowAnswers, ours: OwnView) => crossValidate(comparisons(answers, ours));
const topics = (answers: SlowAnswers, ours: OwnView = fine) =>
  judgeAnswers(answers, ours).flatMap((one) => one.evidence.map((line) => line.source));

describe("OpenClaw's own answers beside ours", () => {
  it("raise nothing when they agree, or when nothing was asked", () => {
    expect([topics(good), topics({})]).toEqual([[], []]);
  });

  it.each([
    [{ status: { rpc: { ok: false, gatewayReached: true, error: "token mismatch" } } }, ["gateway lets us in"]],
    [
      { status: { rpc: { ok: false, connectFailure: { kind: "unreachable" }, error: "refused" } } },
      ["gateway answers", "gateway lets us in"],
    ],
    [{ channels: { ts: 1, channelAccounts: { telegram: [{ ...account, running: false }] } } }, ["channels work"]],
    [
      { doctor: { findings: [{ checkId: "core/doctor/gateway-config", severity: "error", message: "gateway.mode is unset" }] } },
      ["configuration is valid"],
    ],
  ])("with %j disagree about %j", (change, wanted) => {
    expect(topics({ ...good, ...change })).toEqual(wanted);
  });

  it("say what the other side said", () => {
    expect(judgeAnswers(good, { ...fine, channelsWork: "no" })[0]?.evidence).toEqual([
      { source: "channels work", text: "OpenClaw says yes, we see the opposite: no account complains" },
    ]);
  });

  it("do not count as knowledge what was not looked at", () => {
    expect(comparisons({ channels: { channelAccounts: {} } }, fine).map((one) => one.theirs)).toEqual([
      "unknown",
      "unknown",
      "unknown",
      "unknown",
    ]);
  });
});

describe("the list of disagreements after each repair", () => {
  it.each([
    [[], undefined, "No disagreement; nothing to compare with yet"],
    [["a"], undefined, "1 to resolve; nothing to compare with yet"],
    [["a"], ["a"], "As last time: 1"],
    [["a"], ["a", "b"], "1 left of 2; resolved: b"],
    [[], ["a"], "0 left of 1; resolved: a"],
    [["a", "c"], ["a"], "New since last time: c. Undo the last step before you go on"],
    [["c"], ["a"], "New since last time: c; resolved: a. Undo the last step before you go on"],
  ])("%j after %j: %s", (now, before, words) => {
    expect(trendWords(now, before)).toBe(words);
  });
});
