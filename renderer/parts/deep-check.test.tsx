import { describe, expect, it } from "vitest";
import { draw } from "../../tests/support/draw.tsx";
import { aCheck, anUnansweredCheck } from "../../tests/support/snapshots.ts";
import { DeepCheck } from "./deep-check.tsx";

const check = anUnansweredCheck({ id: "doctor", title: "Doctor", lane: "deep", drivesLight: false, working: false });

describe("a deep check", () => {
  it("waits to be asked", async () => {
    const { text, core } = await draw(<DeepCheck stack="openclaw" check={check} />);
    expect(text(".when")).toBe("Not run yet");
    expect(core.asked).toEqual([]);
  });

  it("runs on demand and shows what it said, to copy", async () => {
    const { press, find, text, copied, core } = await draw(<DeepCheck stack="openclaw" check={check} />);
    await press("Run Doctor");
    expect(core.asked).toEqual(['runDeep {"stack":"openclaw","check":"doctor"}']);
    expect(text(".when")).toBe("Done, 21 s");
    const output = find<HTMLTextAreaElement>("textarea");
    expect(output.value).toMatch(/^3 findings\n/);
    expect(output.getAttribute("aria-label")).toBe("What Doctor said");
    await press("Copy output");
    expect(copied).toEqual([output.value]);
  });

  it("shows its progress and can be cancelled", async () => {
    const { press, send, text, core } = await draw(<DeepCheck stack="openclaw" check={check} />);
    await send({ type: "deep", run: { stack: "openclaw", check: "doctor", state: "running", text: "reading", elapsedMs: 9_000 } });
    expect(text(".when")).toBe("Running, 9 s");
    await press("Cancel Doctor");
    expect(core.asked).toEqual(['cancelDeep {"stack":"openclaw","check":"doctor"}']);
  });

  it("is not mixed up with the same check of another stack", async () => {
    const { send, text } = await draw(<DeepCheck stack="openclaw" check={aCheck({ id: "doctor", lane: "deep" })} />);
    await send({ type: "deep", run: { stack: "other", check: "doctor", state: "running", text: "", elapsedMs: 0 } });
    expect(text(".when")).toBe("8 s ago");
  });
});
