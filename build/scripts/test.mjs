// `npm test [-- --only unit,e2e]`: every gate and every suite; the last line is `N passed, N failed`.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { countTests } from "./count.mjs";
import { ensureInstalled, giveUp, root, runTool, say, toolEnvironment } from "./ensure.mjs";
import { ensureMachineParts, startScreen } from "./machine.mjs";

const MINUTE = 60_000;
const limits = { real: 60 * MINUTE, e2e: 30 * MINUTE };

const gates = {
  typecheck: [
    ["tsc", ["--noEmit"]],
    ["tsc", ["-b", "build/tsconfig.layers.json"]],
  ],
  lint: [["biome", ["check", "--config-path=build/lint.jsonc", "."]]],
  // Once with the tests, for exports and packages; once without, for code that only its own test still uses.
  unused: [
    ["knip", ["-c", "build/knip.json"]],
    ["knip", ["-c", "build/knip.json", "--production", "--include", "files"]],
  ],
  build: [["node", ["build/scripts/build.mjs"]]],
};
const suites = ["unit", "dom", "architecture", "contract", "integration", "scenarios", "e2e", "real"];
if (process.platform === "darwin") suites.push("mac");

const wanted = readOnly(process.argv.slice(2));
ensureInstalled();
const complete = ensureMachineParts();
const screen = isWanted("e2e") ? await startScreen() : null;
const results = [...Object.keys(gates).filter(isWanted).map(runGate), ...suites.filter(isWanted).map(runSuite)];
screen?.stop();
report();

function readOnly(args) {
  const at = args.indexOf("--only");
  const names = (at >= 0 ? args[at + 1] : args.find((arg) => arg.startsWith("--only="))?.slice("--only=".length))?.split(",");
  const unknown = names?.find((name) => !Object.hasOwn(gates, name) && !suites.includes(name));
  if (unknown !== undefined)
    giveUp(`There is no suite called ${unknown} here; there are ${[...Object.keys(gates), ...suites].join(", ")}.`);
  return names;
}

function isWanted(name) {
  return wanted === undefined || wanted.includes(name);
}

/** A gate counts as one test. Its output is shown only when it fails. */
function runGate(name) {
  const started = Date.now();
  for (const [tool, args] of gates[name]) {
    const run = runTool(tool, args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 64 * 1024 * 1024,
      timeout: 10 * MINUTE,
    });
    if (run.status !== 0) {
      say(`${run.stdout}${run.stderr}${run.error?.message ?? ""}`.trimEnd());
      return line({ name, passed: 0, failed: 1, skipped: [], started, notes: [`${tool} ${args.join(" ")} failed`] });
    }
  }
  return line({ name, passed: 1, failed: 0, skipped: [], started, notes: [] });
}

/** Runs one vitest project and believes only its JSON report: a green exit that looked at nothing is a failure. */
function runSuite(name) {
  const started = Date.now();
  const file = join(root, "out", "test", `${name}.json`);
  mkdirSync(join(root, "out", "test"), { recursive: true });
  rmSync(file, { force: true });
  const args = ["run", "--config", "build/vitest.config.ts", "--project", name, "--passWithNoTests"];
  const run = runTool("vitest", [...args, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`], {
    env: { ...toolEnvironment(), ...screen?.env },
    stdio: ["ignore", 2, 2],
    timeout: limits[name] ?? 15 * MINUTE,
    killSignal: "SIGKILL",
  });
  return line({ name, started, ...countTests(name, file, run.status) });
}

function line(result) {
  const seconds = Math.round((Date.now() - result.started) / 1000);
  const skips = result.skipped.length > 0 ? `, ${result.skipped.length} skipped` : "";
  say(
    `${result.failed === 0 ? "ok  " : "FAIL"} ${result.name.padEnd(13)} ${result.passed} passed, ${result.failed} failed${skips} (${seconds} s)`,
  );
  return result;
}

function report() {
  say("");
  for (const { name, passed, failed, skipped, notes } of results) {
    say(`${failed === 0 ? "ok  " : "FAIL"} ${name.padEnd(13)} ${passed} passed, ${failed} failed`);
    for (const note of notes) say(`       ${note}`);
    for (const reason of new Set(skipped)) say(`       ${skipped.filter((each) => each === reason).length} skipped: ${reason}`);
  }
  if (!complete) say("The machine lacks parts of the real suites; see the first lines.");
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  process.exitCode = sum("failed") === 0 && sum("passed") > 0 ? 0 : 1;
  process.stdout.write(`${sum("passed")} passed, ${sum("failed")} failed\n`);
}
