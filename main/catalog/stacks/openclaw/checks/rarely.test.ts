import { describe, expect, it } from "vitest";
import { onMac } from "../../../../../tests/support/openclaw-outside.ts";
import { GatewayLink } from "../protocol/link.ts";
import { rarely } from "./rarely.ts";

function counted(answers: readonly string[]) {
  const there = onMac();
  const link = new GatewayLink();
  const look = rarely<string>(60_000, (seen) => seen === "good");
  let asked = 0;
  const ask = (about = "a", of = link) => look(of, about, there.context, async () => answers[asked++] ?? "good");
  return { there, ask, asked: () => asked };
}

describe("a question asked rarely", () => {
  it("keeps a good answer for its time", async () => {
    const { there, ask, asked } = counted([]);
    await ask();
    expect([await ask(), asked()]).toEqual(["good", 1]);
    await there.clock.advance(60_001);
    await ask();
    expect(asked()).toBe(2);
  });

  it("is asked again at once after a bad answer", async () => {
    const { ask, asked } = counted(["bad", "bad", "good"]);
    expect([await ask(), await ask(), await ask(), await ask()]).toEqual(["bad", "bad", "good", "good"]);
    expect(asked()).toBe(3);
  });

  it("is another question about something else, or over another link", async () => {
    const { ask, asked } = counted([]);
    await ask("a");
    await ask("b");
    await ask("b", new GatewayLink());
    expect(asked()).toBe(3);
  });

  it("is asked again when the clock was set back", async () => {
    const { there, ask, asked } = counted([]);
    await ask();
    there.clock.jump(-3_600_000);
    await ask();
    expect(asked()).toBe(2);
  });
});
