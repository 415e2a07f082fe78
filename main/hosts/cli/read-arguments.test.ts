import { describe, expect, it } from "vitest";
import { readArguments } from "./read-arguments.ts";

const trouble = (...argv: string[]): string => {
  try {
    readArguments(argv);
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : "";
  }
  return "";
};

describe("readArguments", () => {
  it.each([
    [["status"], "status", {}],
    [["status", "--stack", "acme", "--once", "--json"], "status", { stack: "acme", json: true }],
    [["--json", "status", "--stack=acme"], "status", { stack: "acme", json: true }],
    [["explain", "-"], "explain", { operand: "-" }],
    [["explain", "--", "--odd-name"], "explain", { operand: "--odd-name" }],
    [["serve", "--port", "0", "--open-demo-if-empty"], "serve", { port: 0, openDemoIfEmpty: true }],
    [["demo"], "demo", {}],
    [["demo", "all-green", "--port=4000"], "demo", { operand: "all-green", port: 4000 }],
    [["repair"], "repair", {}],
    [["repair", "a.b", "--remedy", "x", "--dry-run"], "repair", { operand: "a.b", remedy: "x", dryRun: true }],
    [["repair", "a.b", "--yes"], "repair", { operand: "a.b", yes: "once" }],
    [["repair", "a.b", "--yes=destructive"], "repair", { operand: "a.b", yes: "twice" }],
    [["repair", "--yes=destructive", "a.b", "--yes"], "repair", { operand: "a.b", yes: "twice" }],
    [["repair", "--undo", "r1", "--force"], "repair", { earlier: { do: "undo", id: "r1", force: true } }],
    [["repair", "--resume=r1", "--yes"], "repair", { earlier: { do: "resume", id: "r1", force: false }, yes: "once" }],
    [["stop", "acme", "--yes"], "stop", { operand: "acme", yes: "once" }],
    [["journal", "--limit", "5"], "journal", { limit: 5 }],
    [[], "help", {}],
    [["--help"], "help", {}],
    [["-h"], "help", {}],
    [["help", "watch"], "help", { operand: "watch" }],
    [["watch", "--help"], "help", { operand: "watch" }],
  ])("reads %j", (argv, verb, wish) => {
    expect(readArguments(argv)).toEqual({ kind: "verb", verb, wish: { json: false, openDemoIfEmpty: false, ...wish } });
  });

  it.each([[["--version"]], [["-V"]], [["status", "--version"]]])("answers %j with the version", (argv) => {
    expect(readArguments(argv)).toEqual({ kind: "version", json: false });
  });

  it("names the nearest verb and option", () => {
    expect(trouble("stauts")).toContain("There is no verb stauts. Did you mean status?");
    expect(trouble("status", "--stak", "acme")).toContain("status has no option --stak. Did you mean --stack?");
    expect(trouble("watch", "--port", "1")).toContain("watch has no option --port.");
    expect(trouble("status", "-x")).toContain("status has no option -x.");
  });

  it("does not take an inherited name for a verb or an option", () => {
    expect(trouble("toString")).toContain("There is no verb toString.");
    expect(trouble("constructor")).toContain("There is no verb constructor.");
    expect(trouble("status", "--__proto__")).toContain("no option --__proto__");
  });

  it.each([[["status", "--stack"]], [["status", "--stack", "--json"]], [["status", "--stack="]]])("wants a value in %j", (argv) => {
    expect(trouble(...argv)).toContain("--stack needs a value: --stack ID.");
  });

  it("refuses a value where none belongs, and a surplus operand", () => {
    expect(trouble("status", "--json=yes")).toContain("--json takes no value.");
    expect(trouble("status", "acme")).toContain("status does not know what to do with acme.");
    expect(trouble("explain", "a", "b")).toContain("explain does not know what to do with b.");
  });

  it.each(["65536", "-1", "eighty", "1e3", "8080 "])("refuses the TCP port %j", (port) => {
    expect(trouble("serve", `--port=${port}`)).toContain("--port takes a number from 0 to 65535");
  });

  it("does not take another word for a yes, and no two errands at once", () => {
    expect(trouble("repair", "a.b", "--yes=sure")).toContain("--yes takes no value but --yes=destructive.");
    expect(trouble("repair", "--undo", "r1", "--leave", "r1")).toContain("--undo ID stands alone");
    expect(trouble("repair", "a.b", "--resume", "r1")).toContain("--resume ID stands alone");
    expect(trouble("repair", "a.b", "--force")).toContain("--force belongs to --undo ID.");
    expect(trouble("status", "--yes")).toContain("status has no option --yes.");
  });

  it.each(["0", "1001", "-3", "ten"])("refuses %j lines of the journal", (limit) => {
    expect(trouble("journal", `--limit=${limit}`)).toContain("--limit takes a number from 1 to 1000");
  });

  it("refuses with an expected error only", () => {
    expect(trouble("stauts")).toMatch(/^Unable: /);
  });
});
