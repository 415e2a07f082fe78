import { describe, expect, it } from "vitest";
import { plan } from "../../tests/support/snapshots.ts";
import { commandsOf, effectKind } from "./plan-text.ts";

describe("plans as text", () => {
  it("says how long a wait is", () => {
    expect(effectKind({ do: "wait", reason: "boot", forMs: 190_000 })).toBe("Wait 3 min");
    expect(effectKind({ do: "recheck", check: "ready" })).toBe("Check again");
  });

  it("lists the commands in order, one per line, and nothing else", () => {
    expect(commandsOf(plan).split("\n")).toEqual([
      "openclaw config get gateway.auth.mode",
      `openclaw gateway install --force --note 'one token, it'\\''s enough'`,
    ]);
  });
});
