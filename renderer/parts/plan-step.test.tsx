import { describe, expect, it } from "vitest";
import type { Effect } from "../../main/core/model/plan.ts";
import { draw } from "../../tests/support/draw.tsx";
import { PlanStep } from "./plan-step.tsx";

const step = (effect: Effect, risk: "safe" | "disruptive" = "safe") => (
  <ol>
    <PlanStep planned={{ effect, preview: "Why this is done.", risk }} stack="openclaw" />
  </ol>
);

describe("a step of a plan", () => {
  it("shows a command as it can be pasted, its folder, and the names of what it needs", async () => {
    const { text, press, copied } = await draw(
      step({ do: "run-command", argv: ["openclaw", "config", "set", "a b"], cwd: "/home/op", envNames: ["TOKEN_FILE"] }),
    );
    expect(text("pre")).toBe("openclaw config set 'a b'");
    expect(text()).toContain("In the folder /home/op");
    expect(text()).toContain("Needs TOKEN_FILE in the environment; the value is not shown here.");
    await press("Copy command");
    expect(copied).toEqual(["openclaw config set 'a b'"]);
  });

  it("keeps several commands apart, one below the other, and copies all of them", async () => {
    const commands = [
      ["launchctl", "bootstrap", "gui/501", "/a b.plist"],
      ["launchctl", "kickstart", "gui/501/x"],
    ];
    const effect = { do: "service-unit", action: "load", label: "x" } as const;
    const { texts, text, press, copied } = await draw(
      <ol>
        <PlanStep planned={{ effect, preview: "Load x", risk: "safe", commands }} stack="openclaw" />
      </ol>,
    );
    expect(texts("pre .hanging")).toEqual(["launchctl bootstrap gui/501 '/a b.plist'", "launchctl kickstart gui/501/x"]);
    expect(text().match(/Load x/g)).toHaveLength(1);
    await press("Copy command");
    expect(copied).toEqual(["launchctl bootstrap gui/501 '/a b.plist'\nlaunchctl kickstart gui/501/x"]);
  });

  it("marks what interrupts, and only that", async () => {
    const risky = await draw(step({ do: "open-url", url: "http://127.0.0.1/" }, "disruptive"));
    expect(risky.text(".risk")).toBe("Interrupts work");
    const safe = await draw(step({ do: "open-url", url: "http://127.0.0.1/" }));
    expect(safe.all(".risk")).toEqual([]);
  });

  it("names the check that will be asked again by its title", async () => {
    const { text } = await draw(step({ do: "recheck", check: "authenticated" }));
    expect(text(".when")).toBe("Connect with the shared token");
  });

  it("tells a person what to do by hand and why one waits, without saying it twice", async () => {
    const hand = await draw(step({ do: "ask-person", instruction: "Unlock the keychain." }));
    expect(hand.text()).toBe("Do by handWhy this is done.Unlock the keychain.");
    const same = await draw(step({ do: "wait", reason: "Why this is done.", forMs: 5_000 }));
    expect(same.text()).toBe("Wait 5 sWhy this is done.");
  });
});
