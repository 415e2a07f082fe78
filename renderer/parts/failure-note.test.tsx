import { describe, expect, it } from "vitest";
import { draw } from "../../tests/support/draw.tsx";
import { FailureNote } from "./failure-note.tsx";

describe("a refusal", () => {
  it("says what it means first, and lets the exact error be copied", async () => {
    const { text, press, copied, find } = await draw(<FailureNote failure={{ code: "transport", message: "connection reset" }} />);
    expect(text("p")).toBe("Lamplighter did not answer. It may have stopped.");
    expect(find("div").getAttribute("role")).toBe("alert");
    await press("Copy error");
    expect(copied).toEqual(["transport: connection reset"]);
  });
});
