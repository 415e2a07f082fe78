import { describe, expect, it } from "vitest";
import { aFinding, aRedSnapshot, aSnapshot, aStack, fakeApp } from "../../../tests/support/fake-app.ts";
import { clientOf, previewPlans, within } from "./app-client.ts";

const never = new AbortController().signal;

describe("within", () => {
  it("says whether something came in time", async () => {
    expect(await within(1_000, never, Promise.resolve())).toBe(true);
    expect(await within(10, never, new Promise(() => {}))).toBe(false);
  });

  it("does not outlast the end of the program", async () => {
    const ending = new AbortController();
    setTimeout(() => ending.abort(), 10);
    const started = performance.now();
    expect(await within(5_000, ending.signal, new Promise(() => {}))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it("passes a failure on, and ignores one that comes too late", async () => {
    await expect(within(1_000, never, Promise.reject(new Error("no")))).rejects.toThrow("no");
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error("late")), 30));
    expect(await within(5, never, late)).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 50));
  });
});

describe("previewPlans", () => {
  it("asks for the remedies of root findings only", async () => {
    const app = fakeApp();
    const stack = aStack({ findings: [aFinding(), aFinding({ code: "acme.other", root: false })] });
    const plans = await previewPlans(clientOf(app), aSnapshot({ stacks: [stack] }));
    expect([...(plans.get("acme")?.keys() ?? [])]).toEqual(["acme.auth.refused copy-token"]);
  });

  it("leaves out a plan that is refused, and shows the rest", async () => {
    const remedies = [
      { id: "gone", title: "Gone", kind: "plan" as const, risk: "safe" as const },
      { id: "copy-token", title: "Copy", kind: "plan" as const, risk: "safe" as const },
    ];
    const snapshot = aRedSnapshot({ stacks: [aStack({ findings: [aFinding({ remedies })] })] });
    const plans = await previewPlans(clientOf(fakeApp()), snapshot);
    expect([...(plans.get("acme")?.keys() ?? [])]).toEqual(["acme.auth.refused copy-token"]);
  });
});
