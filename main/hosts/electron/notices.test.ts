import { describe, expect, it } from "vitest";
import type { Finding } from "../../core/model/finding.ts";
import type { Snapshot } from "../../core/model/snapshot.ts";
import { newNotices } from "./notices.ts";

const finding = (code: string, extra: Partial<Finding> = {}): Finding => ({
  code,
  symptoms: [],
  light: "red",
  state: "hard",
  title: `Title of ${code}`,
  detail: "",
  evidence: [{ source: "log", text: "secret log text", at: 0 }],
  root: true,
  followers: [],
  ruledOut: [],
  remedies: [],
  since: 0,
  ...extra,
});
const snapshot = (...findings: Finding[]): Snapshot => ({
  schemaVersion: 1,
  light: "red",
  sentence: "",
  at: 0,
  settling: false,
  notes: [],
  stacks: [
    {
      id: "a",
      title: "Alpha",
      mark: "A",
      ground: false,
      installed: true,
      light: "red",
      sentence: "",
      checks: [],
      findings,
      ticks: [],
      looksFor: [],
    },
  ],
});

describe("notices", () => {
  it("tells a cause once, until it has gone and come back", () => {
    const first = newNotices(new Set(), snapshot(finding("a.x.one")));
    expect(first.notices).toEqual([{ key: "a/a.x.one", title: "Alpha: problem", body: "Title of a.x.one" }]);
    const second = newNotices(first.told, snapshot(finding("a.x.one")));
    expect(second.notices).toEqual([]);
    const gone = newNotices(second.told, snapshot());
    expect(newNotices(gone.told, snapshot(finding("a.x.one"))).notices).toHaveLength(1);
  });

  it("keeps quiet about suspicions, consequences and small things", () => {
    const quiet = snapshot(
      finding("a.x.soft", { state: "soft" }),
      finding("a.x.follower", { root: false }),
      finding("a.x.amber", { light: "amber" }),
    );
    expect(newNotices(new Set(), quiet).notices).toEqual([]);
  });

  it("carries no log text and stays short", () => {
    const [notice] = newNotices(new Set(), snapshot(finding("a.x.one", { title: "t".repeat(400) }))).notices;
    expect(notice?.body.length).toBeLessThanOrEqual(180);
    expect(JSON.stringify(notice)).not.toContain("secret log text");
  });
});
