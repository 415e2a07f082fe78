import { describe, expect, it } from "vitest";
import { fill } from "../../../../core/engine/words.ts";
import { codes } from "../codes.ts";
import { remediesFor } from "../remedies/index.ts";
import { findings } from "./index.ts";

describe("the machine's findings", () => {
  it("cover every platform symptom, G1 to G20, once each", () => {
    const symptoms = findings.flatMap((kind) => kind.symptoms);
    expect([...symptoms].sort()).toEqual(Array.from({ length: 20 }, (_, index) => `G${index + 1}`).sort());
  });

  it("have words for every code and no others", () => {
    expect(findings.map((kind) => kind.code).sort()).toEqual(Object.values(codes).sort());
  });

  // The rest is raised by our own checks only, always with the values its words need.
  const explained = findings.filter((kind) => kind.symptoms.length > 0);
  it.each(explained.map((kind) => [kind.code, kind] as const))("%s still reads as a sentence when nothing is known", (_, kind) => {
    for (const text of [fill(kind.title), fill(kind.detail)]) {
      expect(text).not.toMatch(/[{}]|\s{2}|\s[.,:;]|\b(?:of|by|in|at|from|with|the|this)(?:[.,:;]|$)|\bof is\b|\bkills at\b/);
      expect(text).toMatch(/^[A-Z]|^macOS|^launchd|^systemd/);
    }
    expect(kind.title).not.toMatch(/\.$/);
  });

  it.each(findings.map((kind) => [kind.code, kind] as const))("%s tells a person what to do, in several sentences", (_, kind) => {
    expect(kind.runbook.split(/[.?!](?:\s|$)/).filter((sentence) => sentence.trim().length > 15).length).toBeGreaterThanOrEqual(3);
    expect(kind.runbook).not.toMatch(/\bsudo (?:launchctl|systemctl|loginctl|docker|chmod|chown|rm|sfltool)/);
    expect(kind.runbook).not.toContain("{");
  });

  it("name only remedies that exist on some platform, and each platform finding of a unit has one somewhere", () => {
    const known = (["macos", "linux"] as const).flatMap((platform) =>
      remediesFor({ platform, uid: 501, user: "sam", home: "/home/sam" }).map((remedy) => remedy.id),
    );
    expect(findings.flatMap((kind) => kind.remedies ?? []).filter((id) => !known.includes(id))).toEqual([]);
    const without = findings.filter((kind) => kind.symptoms.length > 0 && (kind.remedies ?? []).length === 0);
    expect(without.map((kind) => kind.symptoms[0])).toEqual(["G8"]);
  });

  it("are never their own cause", () => {
    for (const kind of findings) expect(kind.explains ?? []).not.toContain(kind.code);
  });
});
