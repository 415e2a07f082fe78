import { describe, expect, it } from "vitest";
import type { ServiceListing, ServiceReading } from "../../../../core/ports/service-manager.ts";
import { judgeOtherUnits, judgeServiceUnit, packageInArgv, portInArgv } from "./service-audit.ts";

const expected = {
  label: "ai.openclaw.gateway",
  port: 18789,
  stateDir: "/Users/a/.openclaw",
  configPath: "/Users/a/.openclaw/openclaw.json",
  home: "/Users/a",
};
const argv = ["/opt/homebrew/bin/node", "/opt/homebrew/lib/node_modules/openclaw/dist/index.js", "gateway", "--port", "18789"];
const unit = (change: Partial<Extract<ServiceReading, { kind: "loaded" }>>): ServiceReading => ({
  kind: "loaded",
  state: "running",
  rawState: "running",
  argv,
  workingDirectory: "/Users/a/.openclaw",
  throttleSeconds: 10,
  keepAlive: "always",
  ...change,
});
const judge = (change: Partial<Extract<ServiceReading, { kind: "loaded" }>>, label = expected.label) =>
  judgeServiceUnit(unit(change), { ...expected, label }).map((one) => one.code.replace("openclaw.", ""));

describe("the command of a service unit", () => {
  it.each([
    [["gateway", "--port", "19001"], 19001],
    [["gateway", "--port=18790"], 18790],
    [["gateway", "--port"], undefined],
    [["gateway"], undefined],
  ])("finds the port in %j", (words, port) => {
    expect(portInArgv(words)).toBe(port);
  });

  it.each([
    [argv, "/opt/homebrew/lib/node_modules/openclaw"],
    [["/usr/bin/node", "/usr/lib/node_modules/openclaw/openclaw.mjs", "gateway"], "/usr/lib/node_modules/openclaw"],
    [["/bin/sh", "-c", "true"], undefined],
  ])("finds the package in %j", (words, path) => {
    expect(packageInArgv(words)).toBe(path);
  });
});

describe("a service unit against the command line", () => {
  it.each([
    [{}, []],
    [{ argv: [...argv.slice(0, 4), "19001"] }, ["service.config-mismatch"]],
    [{ workingDirectory: "/Users/a/.openclaw-work" }, ["service.config-mismatch"]],
    [{ argv: [...argv, "--profile", "work"] }, ["service.config-mismatch"]],
    [{ environmentNames: ["PATH", "OPENCLAW_GATEWAY_TOKEN"] }, ["install.upgrade-drift"]],
    [{ throttleSeconds: 1 }, ["install.upgrade-drift"]],
    [{ throttleSeconds: 1, keepAlive: "never" as const }, []],
    [{ needsReload: true }, ["install.upgrade-drift"]],
  ])("with %j raises %j", (change, codes) => {
    expect(judge(change)).toEqual(codes);
  });

  it("notices labels of older product names", () => {
    expect(judge({}, "com.clawdbot.gateway")).toEqual(["install.upgrade-drift"]);
  });

  it.each([
    [{ OPENCLAW_CONFIG_PATH: "/Users/a/.openclaw/openclaw.json", OPENCLAW_STATE_DIR: "~/.openclaw/", OPENCLAW_GATEWAY_PORT: "18789" }, []],
    [
      { OPENCLAW_STATE_DIR: "/Users/a/.openclaw-work" },
      ["Sets OPENCLAW_STATE_DIR to /Users/a/.openclaw-work, and the command line uses /Users/a/.openclaw"],
    ],
    [{ OPENCLAW_GATEWAY_PORT: "19001" }, ["Sets OPENCLAW_GATEWAY_PORT to 19001, and the command line uses 18789"]],
  ])("with the variables %j says %j", (selecting, lines) => {
    const raised = judgeServiceUnit(unit({}), expected, selecting);
    expect(raised.flatMap((one) => one.evidence.map(({ text }) => text))).toEqual(lines);
  });

  it("has no opinion on a unit that is not loaded", () => {
    expect(judgeServiceUnit({ kind: "not-installed" }, expected)).toEqual([]);
  });
});

describe("other units that start a gateway", () => {
  const listed = (label: string, ...words: readonly string[]): ServiceListing => ({ label, scope: "user", argv: words });
  const others = (...units: readonly ServiceListing[]) =>
    judgeOtherUnits([listed(expected.label, ...argv), ...units], expected.label).length;

  it.each([
    ["a second gateway", listed("com.example.bot", "/usr/local/bin/openclaw", "gateway", "--port", "18790"), 1],
    ["a watchdog that restarts it", listed("com.example.dog", "/bin/sh", "-c", "openclaw gateway restart"), 1],
    ["a unit of an older product", listed("com.clawdbot.gateway", "node", "index.js"), 1],
    ["a unit whose path only contains the name", listed("com.example.backup", "/usr/bin/tar", "czf", "/backup/openclaw.tgz"), 0],
    ["a status poller", listed("com.example.poll", "openclaw", "gateway", "status", "--json"), 0],
    ["a node host", listed("ai.openclaw.node", "openclaw", "node", "run"), 0],
    ["ourselves", listed("io.lamplighter.serve", "lamplighter", "serve", "openclaw", "gateway"), 0],
  ])("%s", (_what, unit_, count) => {
    expect(others(unit_)).toBe(count);
  });

  it("takes a name with and without .service for the same unit", () => {
    expect(judgeOtherUnits([listed("openclaw-gateway.service", ...argv)], "openclaw-gateway")).toEqual([]);
  });
});
