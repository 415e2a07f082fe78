import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { countTests } from "../../build/scripts/count.mjs";
import { differenceFromLock, ownEnvironment } from "../../build/scripts/ensure.mjs";
import { isOnPath, skipReason, startScreen } from "../../build/scripts/machine.mjs";
import { root } from "../support/files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lamplighter-scripts-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("counting what a suite really ran", () => {
  const report = (testResults: unknown): string => {
    const file = join(folder, "report.json");
    writeFileSync(file, JSON.stringify({ testResults }));
    return file;
  };
  const test = (status: string, fullName = "says something"): unknown => ({ status, fullName });
  const suite = (...assertionResults: unknown[]): unknown => ({ name: join(root, "tests/x.test.ts"), message: "", assertionResults });

  it("adds up what passed and what failed", () => {
    const counts = countTests("unit", report([suite(test("passed"), test("passed")), suite(test("failed"))]), 1);
    expect(counts).toEqual({ passed: 2, failed: 1, skipped: [], notes: [] });
  });

  it("fails a suite that ran zero tests, whatever its exit code says", () => {
    expect(countTests("real", report([]), 0)).toEqual({ passed: 0, failed: 1, skipped: [], notes: ["real ran zero tests"] });
  });

  it("fails a file that ran no test, and says which", () => {
    const counts = countTests("unit", report([suite(test("passed")), suite()]), 0);
    expect(counts.failed).toBe(1);
    expect(counts.notes).toEqual(["tests/x.test.ts ran no test: it is empty"]);
  });

  it("fails a suite that left no report", () => {
    expect(countTests("e2e", join(folder, "none.json"), null).failed).toBe(1);
  });

  it("fails a run that ended badly although no test failed", () => {
    expect(countTests("unit", report([suite(test("passed"))]), 1).failed).toBe(1);
    expect(countTests("unit", report([suite(test("passed"))]), null).notes).toEqual(["unit ended with a time-out although no test failed"]);
  });

  it("counts a skip whose need is truly missing here, and fails one that gives no reason", () => {
    const other = process.platform === "darwin" ? "Linux" : "macOS";
    const counts = countTests(
      "unit",
      report([suite(test("passed"), test("skipped", `launchd (needs ${other}) loads`), test("skipped", "silent"))]),
      0,
    );
    expect(counts).toMatchObject({ passed: 1, failed: 1, skipped: [`needs ${other}`] });
  });
});

describe("reasons for skipping", () => {
  it("do not count where the need is met", () => {
    const here = process.platform === "darwin" ? "macOS" : "Linux";
    expect(skipReason(`a (needs ${here}) b`)).toEqual({ reason: `needs ${here}`, accepted: false });
  });

  it("do not count when nobody knows what they mean", () => {
    expect(skipReason("a (needs patience)").accepted).toBe(false);
    expect(skipReason("a").accepted).toBe(false);
  });
});

describe("deciding whether to install", () => {
  const lockWith = (version: string, extra = {}): string =>
    JSON.stringify({
      packages: { "": {}, "node_modules/zod": { version }, "node_modules/biome-darwin": { version: "1.0.0", optional: true }, ...extra },
    });
  const install = (text: string): void => {
    mkdirSync(join(folder, "node_modules"), { recursive: true });
    writeFileSync(join(folder, "node_modules/.package-lock.json"), text);
  };

  it("is needed when nothing is installed", () => {
    writeFileSync(join(folder, "package-lock.json"), lockWith("4.6.7"));
    expect(differenceFromLock(folder)).toBe("nothing is installed yet");
  });

  it("is needed when a package is missing or of another version, and says which", () => {
    writeFileSync(join(folder, "package-lock.json"), lockWith("4.6.7"));
    install(lockWith("4.6.6"));
    expect(differenceFromLock(folder)).toBe("zod is 4.6.6, not 4.6.7");
    writeFileSync(join(folder, "package-lock.json"), lockWith("4.6.6", { "node_modules/ws": { version: "8.0.0" } }));
    expect(differenceFromLock(folder)).toBe("ws is missing");
  });

  it("is not needed when only another platform's packages are missing", () => {
    writeFileSync(join(folder, "package-lock.json"), lockWith("4.6.7"));
    install(JSON.stringify({ packages: { "node_modules/zod": { version: "4.6.7" } } }));
    expect(differenceFromLock(folder)).toBeNull();
  });
});

describe("starting the command line through npm", () => {
  it("gives back the person's own PATH", () => {
    const added = [join(root, "node_modules/.bin"), join(root, "../node_modules/.bin"), "/node_modules/.bin", "/x/npm/node-gyp-bin"];
    const own = ["/usr/local/bin", "/somewhere/node_modules/.bin"];
    expect(ownEnvironment({ PATH: [...added, ...own].join(":"), LANG: "C" })).toEqual({ PATH: own.join(":"), LANG: "C" });
  });

  it("passes exit codes and signals through and prints nothing of its own", () => {
    const program = join(folder, "program.mjs");
    const through = join(folder, "through.mjs");
    writeFileSync(
      through,
      `import { replaceBy } from ${JSON.stringify(join(root, "build/scripts/replace.mjs"))};\nreplaceBy(process.execPath, process.argv.slice(2));\n`,
    );
    writeFileSync(program, "process.stdout.write(process.argv.slice(2).join()); process.exitCode = 2;\n");
    const run = spawnSync(process.execPath, [through, program, "a", "b"], { encoding: "utf8" });
    expect({ code: run.status, out: run.stdout, err: run.stderr }).toEqual({ code: 2, out: "a,b", err: "" });
    writeFileSync(program, 'process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 5000);\n');
    expect(spawnSync(process.execPath, [through, program], { stdio: "ignore" }).status).toBe(128 + 15);
  });

  it("hands a termination on to the program, which may end in its own way", () => {
    const program = join(folder, "program.mjs");
    const through = join(folder, "through.mjs");
    writeFileSync(
      through,
      `import { replaceBy } from ${JSON.stringify(join(root, "build/scripts/replace.mjs"))};\nreplaceBy(process.execPath, process.argv.slice(2));\n`,
    );
    writeFileSync(
      program,
      'process.on("SIGTERM", () => process.exit(7));\nsetTimeout(() => process.kill(process.ppid, "SIGTERM"), 50);\nsetTimeout(() => process.exit(1), 5000);\n',
    );
    expect(spawnSync(process.execPath, [through, program], { stdio: "ignore" }).status).toBe(7);
  });
});

describe("a screen for tests that open a window", () => {
  it("is not started where it is not needed", async () => expect(await startScreen(false)).toBeNull());

  it.runIf(isOnPath("Xvfb"))("is one of its own, and ends when told to (needs Xvfb)", async () => {
    const screen = await startScreen(true);
    expect(screen?.env.DISPLAY).toMatch(/^:\d+$/);
    const socket = `/tmp/.X11-unix/X${screen?.env.DISPLAY.slice(1)}`;
    expect(existsSync(socket)).toBe(true);
    screen?.stop();
    await expect.poll(() => existsSync(socket), { timeout: 5_000 }).toBe(false);
  });
});

const onDebianAsRoot = existsSync("/etc/debian_version") && process.getuid?.() === 0;

describe.runIf(onDebianAsRoot)("what the real suites need from the machine (needs Debian and root)", () => {
  /** Runs `ensureMachineParts` with stand-ins for dpkg and apt; gives what it answered and what apt was asked. */
  function ensureWith(
    installed: readonly string[],
    aptExit = 0,
  ): { readonly answer: string; readonly asked: string[]; readonly said: string } {
    const log = join(folder, "asked");
    const tool = (name: string, text: string): void => writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    tool("dpkg-query", `case " ${installed.join(" ")} " in *" $3 "*) echo "install ok installed";; *) exit 1;; esac`);
    tool("apt-get", `echo "$@" >> ${log}; exit ${aptExit}`);
    if (installed.includes("chromium")) tool("chromium", "exit 0");
    const script = `import { ensureMachineParts } from ${JSON.stringify(join(root, "build/scripts/machine.mjs"))}; process.stdout.write(String(ensureMachineParts()));`;
    const run = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
      encoding: "utf8",
      env: { PATH: `${folder}:/nowhere` },
    });
    return { answer: run.stdout, asked: existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [], said: run.stderr };
  }
  const all = [
    "chromium",
    "gnome-keyring",
    "dbus",
    "dbus-user-session",
    "libsecret-1-0",
    "libsecret-tools",
    "systemd",
    "lsof",
    "procps",
    "xvfb",
  ];

  it("asks apt for nothing when all is there", () => {
    expect(ensureWith(all)).toEqual({ answer: "true", asked: [], said: "" });
  });

  it("installs exactly what is missing, and says so first", () => {
    const { answer, asked, said } = ensureWith(all.filter((name) => name !== "lsof" && name !== "chromium"));
    expect(answer).toBe("true");
    expect(asked).toEqual(["-q update", "-q install -y --no-install-recommends chromium lsof"]);
    expect(said).toContain("chromium lsof");
  });

  it("does not pretend when apt could not", () => {
    expect(ensureWith(all.slice(0, 3), 100).answer).toBe("false");
  });
});
