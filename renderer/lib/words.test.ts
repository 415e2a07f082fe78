import { describe, expect, it } from "vitest";
import { errorCodes } from "../../main/core/contract/errors.ts";
import { Risk } from "../../main/core/model/finding.ts";
import { Light } from "../../main/core/model/light.ts";
import { countOf, lampWords, riskWords, sayFailure, withEllipsis } from "./words.ts";

describe("words", () => {
  it("has a different word for every lamp", () => {
    const words = [...Light.options.map((light) => lampWords[light]), lampWords.working];
    expect(new Set(words).size).toBe(5);
  });

  it("has a word for every risk", () => {
    for (const risk of Risk.options) expect(riskWords[risk]).not.toBe("");
  });

  it("says a whole sentence for every code a call can fail with, without the dashes of a code", () => {
    for (const code of errorCodes) {
      const words = sayFailure({ code, message: "x" });
      expect(words).toMatch(/^[A-Z].*\.$/);
      expect(words).not.toContain("-");
    }
  });

  it("says a refusal in the core's own sentence, where it is one", () => {
    expect(sayFailure({ code: "refused", message: "Not yet: it is booting." })).toBe("Not yet: it is booting.");
    expect(sayFailure({ code: "busy", message: "Process 77 repairs this now." })).toBe("Process 77 repairs this now.");
    expect(sayFailure({ code: "internal", message: "TypeError at x" })).not.toContain("TypeError");
  });

  it("promises a question with one ellipsis, whatever the title ended with", () => {
    expect(withEllipsis("Start the gateway")).toBe("Start the gateway…");
    expect(withEllipsis("Start the gateway…")).toBe("Start the gateway…");
    expect(withEllipsis("Start the gateway...")).toBe("Start the gateway…");
    expect(withEllipsis("Start the gateway.")).toBe("Start the gateway…");
  });

  it("counts one and many", () => {
    expect(countOf(1, "check agrees", "checks agree")).toBe("1 check agrees");
    expect(countOf(0, "check agrees", "checks agree")).toBe("0 checks agree");
  });
});
