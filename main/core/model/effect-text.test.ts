import { describe, expect, it } from "vitest";
import { commandsOf, effectKind, pasteable } from "./effect-text.ts";
import { Effect } from "./plan.ts";

const effects: readonly Exclude<Effect, { do: "wait" }>[] = [
  { do: "run-command", argv: ["systemctl", "--user", "reset-failed", "a b.service"], envNames: [] },
  { do: "service-unit", action: "restart", label: "dev.acme.gateway" },
  { do: "copy-file", from: "/a/it's", to: "/a/b" },
  { do: "write-file", path: "/a/c", text: "one\n" },
  { do: "remove-file", path: "/a/d" },
  { do: "set-mode", path: "/a/e", mode: 0o600 },
  { do: "end-process", pid: 4242, startedMs: 0, name: "python3" },
  { do: "open-url", url: "http://127.0.0.1:18789/" },
  { do: "ask-person", instruction: "Unlock the keychain" },
  { do: "recheck", check: "ready" },
];

describe("effects as text", () => {
  it("has words for every kind of effect", () => {
    expect(new Set([...effects.map((effect) => effect.do), "wait"])).toEqual(
      new Set(Effect.options.map((option) => option.shape.do.value)),
    );
    expect(effects.map(effectKind)).toEqual([
      "Run",
      "Restart dev.acme.gateway",
      "Replace /a/b",
      "Replace /a/c",
      "Take away /a/d",
      "Set the permissions of /a/e to 600",
      "End python3 (process 4242)",
      "Open",
      "Do by hand",
      "Check again",
    ]);
  });

  it("says what a person would type, quoted so that a shell takes it whole", () => {
    expect(effects.flatMap((effect) => commandsOf({ effect }))).toEqual([
      "systemctl --user reset-failed 'a b.service'",
      `cp -p '/a/it'\\''s' /a/b`,
      "chmod 600 /a/e",
      "kill 4242",
    ]);
  });

  it("shows the exact commands behind an action on a service unit once they are known", () => {
    const effect = { do: "service-unit", action: "restart", label: "x" } as const;
    expect(pasteable({ effect })).toBeNull();
    expect(
      pasteable({
        effect,
        commands: [
          ["systemctl", "--user", "restart", "--", "x.service"],
          ["true", "a b"],
        ],
      }),
    ).toBe("systemctl --user restart -- x.service\ntrue 'a b'");
  });

  it("offers addresses and file texts for taking elsewhere", () => {
    expect(pasteable({ effect: { do: "open-url", url: "https://x/" } })).toBe("https://x/");
    expect(pasteable({ effect: { do: "write-file", path: "/a", text: "t" } })).toBe("t");
    expect(pasteable({ effect: { do: "ask-person", instruction: "x" } })).toBeNull();
  });
});
