#!/usr/bin/env node
// A small launchd for machines that have none. It keeps its state in $HOME/.fake-launchd.json, runs no programs, and works
// out from the clock what a real one would have done: a job whose program sleeps is running, one whose program exits is
// started again after its throttle interval. Settings in the state file: gui, uid, wording (words or bools), exitTimeoutMs,
// onDemandOnly, root, garbled (print says nothing that can be read), timesFaster (its seconds are that much shorter), spawnMs
// (how long a start stays with xpcproxy), refuses (verb to [exit code, words, how often]), stubborn (bootout never gets done).
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, statSync, writeFileSync } from "node:fs";
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
  timesFaster: 1,
  spawnMs: 0,
  refuses: {},
  stubborn: false,
  nextPid: 40_000,
  disabled: {},
  jobs: {},
};
const [verb, ...rest] = process.argv.slice(2);
const changing = ["bootstrap", "bootout", "kickstart", "enable", "disable"];
// Two that change something at once would each forget what the other did.
if (changing.includes(verb)) lock();
const state = { ...defaults, ...(existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {}) };
const now = Date.now();
const save = () => {
  // Readers run side by side with us and must never see half of it.
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(state));
  renameSync(`${file}.${process.pid}`, file);
};
const say = (text) => process.stdout.write(`${text}\n`);
const fail = (code, text) => {
  process.stderr.write(`${text}\n`);
  process.exitCode = code;
};

for (const [target, job] of Object.entries(state.jobs)) if (job.leavingAt !== undefined && job.leavingAt <= now) delete state.jobs[target];

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

const throttleOf = (plist) => ((plist.ThrottleInterval || 10) * 1000) / state.timesFaster;
const codeChanged = ({ plist, loadedAt }) => {
  const program = plist.Program ?? plist.ProgramArguments?.[0];
  return existsSync(program) && statSync(program).mtimeMs > loadedAt;
};
const lastEndOf = (job) => (job.signalled ? "last terminating signal = Terminated: 15" : "last exit code = (never exited)");

function factsOf(job) {
  const { plist } = job;
  const keep = plist.KeepAlive;
  const does = behaviour(plist);
  const elapsed = now - (job.startedAt ?? now);
  const throttleMs = throttleOf(plist);
  const restarts =
    keep === true ||
    (typeof keep === "object" && ((keep.SuccessfulExit === false && does !== 0) || (keep.Crashed === false && does === 0)));
  if (job.leavingAt !== undefined) return { state: "SIGTERMed", runs: job.runs, jobState: "running" };
  if (job.startedAt === undefined)
    return { state: "not running", runs: 0, end: "last exit code = (never exited)", jobState: "uninitialized", pended: job.pended };
  if (elapsed < 0 && !job.codeChanged) return { state: "spawn scheduled", runs: job.runs - 1, end: lastEndOf(job), jobState: "exited" };
  if (elapsed >= 0 && elapsed < state.spawnMs)
    return { state: "xpcproxy", runs: job.runs, pid: job.pid, end: lastEndOf(job), jobState: "running" };
  if (job.codeChanged)
    return {
      state: "spawn scheduled",
      runs: job.runs + Math.floor(Math.max(0, elapsed) / throttleMs),
      end: "last exit reason = OS_REASON_CODESIGNING",
      jobState: "spawn failed",
    };
  if (does === "lasts")
    return {
      state: "running",
      pid: job.pid,
      runs: job.runs,
      end: lastEndOf(job),
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
    ...(codeChanged(job) ? ["needs LWCR update"] : []),
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
  const facts = factsOf(job);
  job.signalled = again && facts.pid !== undefined;
  job.runs = again ? facts.runs + 1 : 1;
  // A start is put off until the throttle interval since the last one has passed, whoever asks for it.
  job.startedAt = again ? Math.max(now, job.startedAt + throttleOf(job.plist)) : now;
  job.pid = state.nextPid++;
  job.pended = undefined;
  job.codeChanged = again && codeChanged(job);
  const said = /\becho ([\w-]+)/.exec((job.plist.ProgramArguments ?? []).join(" "))?.[1];
  if (said && job.plist.StandardOutPath) appendFileSync(job.plist.StandardOutPath, `${said}\n`);
};

/** What launchd refuses before it looks at the program, with the number that root would be told. */
function obstacle(path, plist, domain) {
  const facts = statSync(path);
  if (facts.mode & 0o022) return [122, `${path}: Path had bad ownership/permissions`];
  if (typeof plist.Label !== "string" || plist.Label === "") return [109, "Bootstrap failed: 109: Invalid property list"];
  if (typeof (plist.Program ?? plist.ProgramArguments?.[0]) !== "string")
    return [111, "Bootstrap failed: 111: Missing Program and ProgramArguments"];
  if (plist.LimitLoadToSessionType === "Background" && domain.startsWith("gui/"))
    return [134, "Bootstrap failed: 134: Service cannot load in requested session"];
  return null;
}

/** An account that is not root learns little: nearly everything is a 5. */
const refuse = (code, text) =>
  state.root ? fail(code, text) : fail(5, "Bootstrap failed: 5: Input/output error\nTry re-running the command as root for richer errors.");

const verbs = {
  bootstrap([domain, path]) {
    if (guiMissing(domain)) return fail(125, "Bootstrap failed: 125: Domain does not support specified action");
    if (domain === "system" && !state.root) return fail(5, "Bootstrap failed: 5: Input/output error");
    if (!existsSync(path)) return refuse(2, "Bootstrap failed: 2: No such file or directory");
    let plist;
    try {
      plist = readPlist(readFileSync(path, "utf8"));
    } catch {
      return refuse(133, "Bootstrap failed: 133: Multiple errors were returned");
    }
    const obstructed = obstacle(path, plist, domain);
    if (obstructed) return refuse(...obstructed);
    const target = `${domain}/${plist.Label}`;
    if (state.disabled[plist.Label]) return refuse(119, "Bootstrap failed: 119: Service is disabled");
    if (state.jobs[target]) return refuse(37, "Bootstrap failed: 37: Operation already in progress");
    const job = { path, plist, loadedAt: now, runs: 0 };
    state.jobs[target] = job;
    const wanted = plist.RunAtLoad || plist.KeepAlive === true;
    if (wanted && state.onDemandOnly) job.pended = true;
    else if (wanted) start(job, false);
  },
  bootout([target]) {
    if (guiMissing(target)) return fail(125, "Boot-out failed: 125: Domain does not support specified action");
    const job = state.jobs[target];
    if (!job) return fail(3, "Boot-out failed: 3: No such process");
    if (job.leavingAt !== undefined) return fail(36, "Boot-out failed: 36: Operation now in progress");
    const takesMs = factsOf(job).pid === undefined ? 0 : state.exitTimeoutMs;
    if (state.stubborn) job.leavingAt = now + 86_400_000;
    else if (takesMs === 0) delete state.jobs[target];
    else job.leavingAt = now + takesMs;
  },
  kickstart([target]) {
    if (guiMissing(target)) return fail(125, "Could not kickstart service: 125: Domain does not support specified action");
    if (target.startsWith("system/") && !state.root)
      return fail(1, `Could not kickstart service "${labelOf(target)}": 1: Operation not permitted`);
    const job = state.jobs[target];
    if (!job) return notFound(target);
    if (job.leavingAt !== undefined) return fail(37, `Could not kickstart service "${labelOf(target)}": 37: Operation already in progress`);
    const kill = rest.some((word) => word.startsWith("-") && word.includes("k"));
    const facts = factsOf(job);
    if (!kill && (facts.state === "spawn scheduled" || facts.state === "xpcproxy"))
      return fail(37, `Could not kickstart service "${labelOf(target)}": 37: Operation already in progress`);
    if (facts.state === "running" && !kill) return;
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

const refusal = state.refuses[verb];
if (!verbs[verb]) fail(64, `Unrecognized subcommand: ${verb}`);
else {
  if (refusal && refusal[2] > 0) {
    refusal[2] -= 1;
    fail(refusal[0], refusal[1]);
  } else verbs[verb](words);
  // Readers run side by side, so they must not write.
  if (changing.includes(verb)) save();
}

function lock() {
  const folder = `${file}.lock`;
  for (const until = Date.now() + 5000; Date.now() < until; Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)) {
    try {
      mkdirSync(folder);
      process.on("exit", () => rmdirSync(folder));
      return;
    } catch {
      // Another one is at it.
    }
  }
}
