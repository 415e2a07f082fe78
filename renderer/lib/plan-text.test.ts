import { describe, expect, it } from "vitest";
import { Effect } from "../../main/core/model/plan.ts";
import { plan } from "../../tests/support/snapshots.ts";
import { commandsOf, effectKind, pasteable } from "./plan-text.ts";

const effects: readonly Effect[] = [
  { do: "run-command", argv: ["systemctl", "--user", "reset-failed", "a b.service"], envNames: [] },
  { do: "edit-file", path: "~/x.json", change: "+ 1" },
  { do: "open-url", url: "http://127.0.0.1:18789/" },
  { do: "ask-person", instruction: "Unlock the keychain" },
  { do: "wait", reason: "boot", forMs: 190_000 },
  { do: "recheck", check: "ready" },
];

describe("plans as text", () => {
  it("has words for every kind of effect there is", () => {
    expect(effects.map((effect) => effect.do).toSorted()).toEqual(Effect.options.map((option) => option.shape.do.value).toSorted());
    expect(effects.map(effectKind)).toEqual(["Run", "Change ~/x.json", "Open", "Do by hand", "Wait 3 min", "Check again"]);
  });

  it("offers to copy only what can be pasted somewhere", () => {
    expect(effects.map(pasteable)).toEqual([
      "systemctl --user reset-failed 'a b.service'",
      "+ 1",
      "http://127.0.0.1:18789/",
      null,
      null,
      null,
    ]);
  });

  it("lists the commands in order, one per line, and nothing else", () => {
    expect(commandsOf(plan).split("\n")).toEqual([
      "openclaw config get gateway.auth.mode",
      `openclaw gateway install --force --note 'one token, it'\\''s enough'`,
    ]);
  });
});
