import { describe, expect, it } from "vitest";
import { type Knock, refuseForeign } from "./gate.ts";

const knock = (over: Partial<Knock> = {}): Knock => ({ method: "POST", hosts: ["127.0.0.1:4000"], ...over });
const isHeard = (over: Partial<Knock>): boolean => refuseForeign(knock(over), 4000) === null;

describe("refuseForeign", () => {
  it("hears both names of this machine with the right TCP port", () => {
    expect(isHeard({})).toBe(true);
    expect(isHeard({ hosts: ["localhost:4000"] })).toBe(true);
  });

  it.each([
    ["another name", ["evil.example:4000"]],
    ["a rebound name without port", ["evil.example"]],
    ["no port", ["127.0.0.1"]],
    ["another port", ["127.0.0.1:4001"]],
    ["a trailing dot", ["localhost.:4000"]],
    ["a subdomain", ["localhost.evil.example:4000"]],
    ["credentials", ["x@127.0.0.1:4000"]],
    ["another loopback address", ["127.0.0.2:4000"]],
    ["capitals", ["LOCALHOST:4000"]],
    ["no host at all", []],
    ["two hosts", ["127.0.0.1:4000", "evil.example"]],
  ])("refuses %s", (_, hosts) => {
    expect(refuseForeign(knock({ hosts }), 4000)).toMatchObject({ code: 403 });
  });

  it.each([
    "http://evil.example",
    "null",
    "",
    "https://127.0.0.1:4000",
    "http://127.0.0.1:4001",
    "http://127.0.0.1",
    "http://localhost:4000",
  ])("refuses the origin %j", (origin) => {
    expect(refuseForeign(knock({ origin }), 4000)).toMatchObject({ code: 403 });
  });

  it("hears its own page", () => {
    expect(isHeard({ origin: "http://127.0.0.1:4000", fetchSite: "same-origin" })).toBe(true);
    expect(isHeard({ hosts: ["localhost:4000"], origin: "http://localhost:4000" })).toBe(true);
  });

  it("refuses a page of another local server, which shares our cookies", () => {
    expect(isHeard({ method: "GET", fetchSite: "same-site", fetchMode: "no-cors" })).toBe(false);
    expect(isHeard({ fetchSite: "cross-site", fetchMode: "cors" })).toBe(false);
    expect(isHeard({ fetchSite: "cross-site", fetchMode: "navigate" })).toBe(false);
  });

  it("lets an address be followed from anywhere", () => {
    expect(isHeard({ method: "GET", fetchSite: "none", fetchMode: "navigate" })).toBe(true);
    expect(isHeard({ method: "GET", fetchSite: "same-site", fetchMode: "navigate" })).toBe(true);
  });

  it("tells who came through SSH how to forward", () => {
    expect(refuseForeign(knock({ hosts: ["127.0.0.1:9000"] }), 4000)?.text).toContain("ssh -L 4000:127.0.0.1:4000 HOST");
  });
});
