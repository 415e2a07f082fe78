#!/usr/bin/env node
// A small launchd for machines that have none. It keeps its state in $HOME/.fake-launchd.json, runs no programs, and works
// out from the clock what a real one would have done: a job whose program sleeps is running, one whose program exits is
// started again after its throttle interval. Settings in the state file: gui, uid, wording (words or bools), exitTimeoutMs,
// onDemandOnly, root, garbled (print says nothing that can be read).
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { readPlist } from "./plist.mjs";

const file = join(homedir(), ".fake-launchd.json");
const defaults = {
  gui: true,
  uid: 501,
  wording: "words",
  exitTimeoutMs: 0,
  onDemandOnly: false,
  root: false,
  garbled: false,
  disabled: {},
  jobs: {},
};
const state = { ...defaults, ...(existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {}) };
const now = Date.now();
const save = () => writeFileSync(file, JSON.stringify(state));
const say = (text) => process.stdout.write(`${text}\n`);
const fail = (code, text) => {
  process.stderr.write(`${text}\n`);
  process.exitCode = code;
};

for (const [target, job] of Object.entries(state.jobs)) if (job.leavingAt !== undefined && job.leavingAt <= now) delete state.jobs[target];

const [verb, ...rest] = process.argv.slice(2);
const words = rest.filter((word) => !word.startsWith("-"));
const guiMissing = (target) => target?.startsWith("gui/") && !state.gui;
const domainName = (domain) =>
  domain.startsWith("gui/") ? `user gui: ${domain.slice(4)}` : domain.startsWith("user/") ? `uid: ${domain.slice(5)}` : domain;
const notFound = (target) => {
  const at = target.lastIndexOf("/");
  fail(113, `Bad request.\nCould not find service "${target.slice(at + 1)}" in domain for ${domainName(target.slice(0, at))}`);
};
const labelOf = (target) => target.slice(target.lastIndexOf("/") + 1);

/** What the job's program does: "lasts", or the code it exits with at once. */
function behaviour(plist) {
  const argv = plist.ProgramArguments ?? [plist.Program];
  if (!existsSync(argv[0] ?? "")) return 78;
  const command = argv.join(" ");
  const exit = /\bexit (\d+)/.exec(command);
  return exit && !/\bsleep\b/.test(command) ? Number(exit[1]) : "lasts";
}

function factsOf(job) {
  const { plist } = job;
  const keep = plist.KeepAlive;
  const does = behaviour(plist);
  const elapsed = now - (job.startedAt ?? now);
  const throttleMs = (plist.ThrottleInterval ?? 10) * 1000;
  const restarts =
    keep === true ||
    (typeof keep === "object" && ((keep.SuccessfulExit === false && does !== 0) || (keep.Crashed === false && does === 0)));
  if (job.leavingAt !== undefined) return { state: "SIGTERMed", runs: job.runs, jobState: "running" };
  if (job.startedAt === undefined)
    return { state: "not running", runs: 0, end: "last exit code = (never exited)", jobState: "uninitialized", pended: job.pended };
  if (job.codeChanged)
    return {
      state: "spawn scheduled",
      runs: job.runs + Math.floor(elapsed / throttleMs),
      end: "last exit reason = OS_REASON_CODESIGNING",
      jobState: "spawn failed",
    };
  if (does === "lasts")
    return {
      state: "running",
      pid: 40_000 + (job.loadedAt % 10_000),
      runs: job.runs,
      end: job.signalled ? "last terminating signal = Terminated: 15" : "last exit code = (never exited)",
      jobState: "running",
    };
  const end = does === 78 ? "last exit code = 78: EX_CONFIG" : `last exit code = ${does}`;
  const jobState = does === 78 ? "spawn failed" : "exited";
  if (!restarts) return { state: "not running", runs: job.runs, end, jobState };
  return { state: "spawn scheduled", runs: job.runs + Math.floor(elapsed / throttleMs), end, jobState };
}

const block = (name, lines, sign = "=") =>
  lines.length === 0 ? [] : [`\t${name} ${sign} {`, ...lines.map((line) => `\t\t${line}`), "\t}", ""];

function show(target) {
  const job = state.jobs[target];
  const { plist } = job;
  const facts = factsOf(job);
  const keep = typeof plist.KeepAlive === "object" ? plist.KeepAlive : {};
  const semaphores = [
    ...(keep.SuccessfulExit === undefined ? [] : [`successful exit => ${keep.SuccessfulExit ? 1 : 0}`]),
    ...(keep.Crashed === undefined ? [] : [`after crash => ${keep.Crashed ? 1 : 0}`]),
  ];
  const properties = [
    ...(plist.KeepAlive === true ? ["keepalive"] : []),
    ...(plist.RunAtLoad ? ["runatload"] : []),
    "inferred program",
    ...(job.codeChanged ? ["needs LWCR update"] : []),
  ];
  const optional = [
    ["working directory", plist.WorkingDirectory],
    ["stdout path", plist.StandardOutPath],
    ["stderr path", plist.StandardErrorPath],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`\t${name} = ${value}`]));
  return [
    `${target} = {`,
    `\tactive count = ${facts.pid ? 1 : 0}`,
    `\tpath = ${job.path}`,
    `\ttype = ${target.startsWith("system/") ? "LaunchDaemon" : "LaunchAgent"}`,
    `\tstate = ${facts.state}`,
    "",
    `\tprogram = ${plist.ProgramArguments?.[0] ?? plist.Program}`,
    ...block("arguments", plist.ProgramArguments ?? []),
    ...optional,
    ...block("default environment", ["PATH => /usr/bin:/bin:/usr/sbin:/sbin"]),
    ...block("environment", [
      "OSLogRateLimit => 64",
      ...Object.entries(plist.EnvironmentVariables ?? {}).map(([name, value]) => `${name} => ${value}`),
      `XPC_SERVICE_NAME => ${plist.Label}`,
    ]),
    `\tminimum runtime = ${plist.ThrottleInterval ?? 10}`,
    "\texit timeout = 5",
    `\truns = ${facts.runs}`,
    ...(facts.pended ? ["\tpended nondemand spawn = speculative"] : []),
    ...(facts.pid ? [`\tpid = ${facts.pid}`, "\timmediate reason = speculative"] : []),
    ...(facts.end ? [`\t${facts.end}`] : []),
    "",
    ...block("semaphores", semaphores),
    ...block("resource coalition", ["ID = 1152", "type = resource", "state = active", "active count = 1", "pid = 7"]),
    "\tspawn type = daemon (3)",
    ...(plist.StartInterval ? [`\trun interval = ${plist.StartInterval} seconds`] : []),
    `\tjob state = ${facts.jobState}`,
    "",
    `\tproperties = ${properties.join(" | ")}`,
    "}",
  ].join("\n");
}

const start = (job, again) => {
  job.runs = again ? factsOf(job).runs + 1 : 1;
  job.startedAt = now;
  job.pended = undefined;
};

const verbs = {
  bootstrap([domain, path]) {
    if (guiMissing(domain)) return fail(125, "Bootstrap failed: 125: Domain does not support specified action");
    let plist;
    try {
      plist = readPlist(readFileSync(path, "utf8"));
    } catch {
      return fail(5, "Bootstrap failed: 5: Input/output error\nTry re-running the command as root for richer errors.");
    }
    const target = `${domain}/${plist.Label}`;
    if (state.disabled[plist.Label])
      return state.root ? fail(119, "Bootstrap failed: 119: Service is disabled") : fail(5, "Bootstrap failed: 5: Input/output error");
    if (state.jobs[target])
      return state.root
        ? fail(37, "Bootstrap failed: 37: Operation already in progress")
        : fail(5, "Bootstrap failed: 5: Input/output error\nTry re-running the command as root for richer errors.");
    const job = { path, plist, loadedAt: now, runs: 0 };
    state.jobs[target] = job;
    const wanted = plist.RunAtLoad || plist.KeepAlive === true;
    if (wanted && state.onDemandOnly) job.pended = true;
    else if (wanted) start(job, false);
  },
  bootout([target]) {
    const job = state.jobs[target];
    if (!job) return fail(3, "Boot-out failed: 3: No such process");
    if (state.exitTimeoutMs === 0) delete state.jobs[target];
    else job.leavingAt = now + state.exitTimeoutMs;
  },
  kickstart([target]) {
    if (guiMissing(target)) return fail(125, "Could not kickstart service: 125: Domain does not support specified action");
    const job = state.jobs[target];
    if (!job) return notFound(target);
    const kill = rest.some((word) => word.startsWith("-") && word.includes("k"));
    if (job.startedAt !== undefined && !kill) return;
    const program = job.plist.ProgramArguments?.[0] ?? job.plist.Program;
    job.codeChanged = existsSync(program) && statSync(program).mtimeMs > job.loadedAt;
    job.signalled = job.startedAt !== undefined;
    start(job, job.startedAt !== undefined);
  },
  enable: ([target]) => {
    state.disabled[labelOf(target)] = false;
  },
  disable: ([target]) => {
    state.disabled[labelOf(target)] = true;
  },
  print([target]) {
    if (guiMissing(target)) return fail(125, `Could not find domain for user gui: ${state.uid}`);
    if (!state.jobs[target]) return notFound(target);
    say(state.garbled ? "This is not API and its format may change." : show(target));
  },
  "print-disabled"([domain]) {
    if (guiMissing(domain)) return fail(112, `Could not find domain for user gui: ${state.uid}`);
    const word = (off) => (state.wording === "bools" ? String(off) : off ? "disabled" : "enabled");
    say(
      [
        "",
        "\tdisabled services = {",
        ...Object.entries(state.disabled).map(([label, off]) => `\t\t"${label}" => ${word(off)}`),
        "\t}",
      ].join("\n"),
    );
  },
  list([label]) {
    const own = Object.entries(state.jobs).filter(([target]) => !target.startsWith("system/"));
    const status = (facts) => Number(/last exit code = (\d+)/.exec(facts.end ?? "")?.[1] ?? 0);
    if (label === undefined)
      return say(
        [
          "PID\tStatus\tLabel",
          ...own.map(([target, job]) => `${factsOf(job).pid ?? "-"}\t${status(factsOf(job))}\t${labelOf(target)}`),
        ].join("\n"),
      );
    const job = own.find(([target]) => labelOf(target) === label)?.[1];
    if (!job) return fail(113, `Could not find service "${label}" in domain for port`);
    const facts = factsOf(job);
    const lines = [
      `"Label" = "${label}";`,
      `"OnDemand" = ${job.plist.KeepAlive !== true};`,
      `"LastExitStatus" = ${status(facts) << 8};`,
      ...(facts.pid ? [`"PID" = ${facts.pid};`] : []),
      `"Program" = "${job.plist.ProgramArguments?.[0]}";`,
      `"ProgramArguments" = (`,
      ...job.plist.ProgramArguments.map((word) => `\t"${word}";`),
      ");",
    ];
    say(["{", ...lines.map((line) => `\t${line}`), "};"].join("\n"));
  },
};

const changing = ["bootstrap", "bootout", "kickstart", "enable", "disable"];
if (!verbs[verb]) fail(64, `Unrecognized subcommand: ${verb}`);
else {
  verbs[verb](words);
  // Readers run side by side, so they must not write.
  if (changing.includes(verb)) save();
}
