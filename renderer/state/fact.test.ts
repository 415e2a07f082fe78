import { describe, expect, it } from "vitest";
import { factOf } from "./fact.ts";

describe("a stack's fact beside its name", () => {
  it.each([
    ["One", "One works: 8 checks agree", "Works: 8 checks agree"],
    ["One", "One: no check answers", "No check answers"],
    ["One", "One, TCP port: refused", "TCP port: refused"],
    ["One", "Looking at One…", "Looking at One…"],
    ["One", "The gateway is booting", "The gateway is booting"],
    ["One", "One", "One"],
    ["This machine", "This machine works: 5 checks agree", "Works: 5 checks agree"],
  ])("%s: “%s” becomes “%s”", (title, sentence, fact) => {
    expect(factOf({ title, sentence })).toBe(fact);
  });

  it("does not cut a longer name that only begins the same", () => {
    expect(factOf({ title: "One", sentence: "Oneness is lost" })).toBe("Oneness is lost");
  });
});
