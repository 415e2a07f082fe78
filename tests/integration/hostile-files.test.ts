import { execFileSync } from "node:child_process";
import { chmodSync, closeSync, ftruncateSync, mkdirSync, openSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type HostileGateway, hostileGateway } from "../support/hostile-gateway.ts";
import { type HostileHome, hostileHome, hostileToken, workingConfig } from "../support/hostile-home.ts";
import { describeLook, look, lookAtText, summaryOf } from "../support/hostile-look.ts";

let gateway: HostileGateway;
let home: HostileHome;
beforeAll(async () => {
  gateway = await hostileGateway();
});
beforeEach(() => {
  home = hostileHome();
});
afterEach(() => home.remove());
afterAll(() => gateway.close());

/** A file that says it is so large, and takes no room. */
function sparse(path: string, bytes: number): void {
  const file = openSync(path, "w");
  ftruncateSync(file, bytes);
  closeSync(file);
}
const GB = 1_073_741_824;
const link = (to: string) => (at: HostileHome) => symlinkSync(to, at.configPath);
const json = (value: unknown) => (at: HostileHome) => at.config(value);

describe("an openclaw.json that cannot be used, under a gateway that works", () => {
  const cases: Readonly<Record<string, readonly [(home: HostileHome) => void, string, RegExp]>> = {
    "a folder": [(at) => mkdirSync(at.configPath), "grey", /It is a folder, not a file/],
    "a named pipe": [(at) => void execFileSync("mkfifo", [at.configPath]), "grey", /a named pipe/],
    "a device without end": [link("/dev/zero"), "grey", /a device/],
    "a link to itself": [link("openclaw.json"), "grey", /go round in a circle/],
    "a link to nothing": [
      link("/nonexistent/disk/openclaw.json"),
      "amber",
      /openclaw\.json is a link to \/nonexistent\/disk\/openclaw\.json, and nothing is there\. Bring it back.*The next start of the gateway will be refused/s,
    ],
    "a link to a link to nothing": [
      (at) => {
        symlinkSync("/nonexistent/disk", join(at.home, "disk"));
        symlinkSync(join(at.home, "disk"), at.configPath);
      },
      "amber",
      /is a link to \/nonexistent\/disk, and nothing is there/,
    ],
    "a link into a named pipe": [
      (at) => {
        execFileSync("mkfifo", [join(at.home, "pipe")]);
        symlinkSync(join(at.home, "pipe"), at.configPath);
      },
      "grey",
      /a named pipe/,
    ],
    "a gigabyte": [(at) => sparse(at.configPath, GB), "amber", /far too large/],
    "just too large": [(at) => at.config(`{"a":"${"x".repeat(600_000)}"}`), "amber", /far too large/],
    "bytes of no text": [(at) => at.config(Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 37) % 256))), "amber", /not hold text/],
    "text in another encoding": [(at) => at.config(Buffer.from('{"gateway":{}}', "utf16le")), "amber", /not hold text/],
    "cut off in the middle of the token": [
      json(`{"gateway":{"mode":"local","auth":{"token":"${hostileToken}`),
      "amber",
      /ends in the middle|not valid/,
    ],
    empty: [json(""), "amber", /not valid/],
    "a list": [json([1, 2, 3]), "amber", /must hold one object|not valid/],
    "the word null": [json("null"), "amber", /must hold one object|not valid/],
    "objects nested without end": [json('{"a":'.repeat(80_000)), "amber", /nested far too deeply/],
    "lists nested without end": [json(`{a:${"[".repeat(400_000)}`), "amber", /nested far too deeply/],
    "a hundred thousand keys": [json(`{${Array.from({ length: 40_000 }, (_, i) => `k${i}:{}`).join(",")}}`), "amber", /./],
    "all of wrong types": [
      json({
        gateway: [],
        channels: 5,
        models: "x",
        logging: true,
        meta: null,
        agents: [],
        plugins: { allow: "x" },
        cron: 3,
        messages: [],
      }),
      "amber",
      /./,
    ],
    "a port that is none": [json({ gateway: { mode: "local", port: -5 } }), "amber", /gateway\.port/],
    "a port of text": [json({ gateway: { mode: "local", port: "18789; rm -rf /" } }), "amber", /gateway\.port/],
    "words that steer a terminal": [
      json({ gateway: { mode: "\u001b[2Jlocal", bind: "\u001b]0;owned\u0007" }, channels: { "\u001b[5mX": { dmPolicy: "allowlist" } } }),
      "amber",
      /gateway\.mode/,
    ],
    "keys that every object has": [
      json(
        '{"__proto__":{"gateway":{"mode":"local"}},"constructor":{"prototype":{"polluted":1}},"gateway":{"__proto__":{"mode":"local"}}}',
      ),
      "amber",
      /gateway\.mode/,
    ],
    "an address that is none": [json({ gateway: { mode: "remote", remote: { url: "ws://[::1" } } }), "amber", /gateway\.remote\.url/],
  };
  it.each(Object.entries(cases))("%s is told, and is not green", async (_, [make, light, reason]) => {
    make(home);
    const { stack } = await look({
      env: { ...home.env, OPENCLAW_GATEWAY_PORT: String(gateway.port), OPENCLAW_GATEWAY_TOKEN: hostileToken },
    });
    const said = [summaryOf(stack, "config"), ...stack.findings.flatMap((one) => one.evidence.map(({ text }) => text))].join("\n");
    expect(stack.light, describeLook(stack)).toBe(light);
    expect(said).toMatch(reason);
  });
});

const envFor = (at: HostileHome) => ({
  env: { ...at.env, OPENCLAW_GATEWAY_PORT: String(gateway.port), OPENCLAW_GATEWAY_TOKEN: hostileToken },
});

it("a socket in place of openclaw.json is told, and is not green", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(home.configPath, resolve));
  const { stack } = await look(envFor(home));
  server.close();
  expect(stack.light, describeLook(stack)).toBe("grey");
  expect(summaryOf(stack, "config")).toMatch(/a socket/);
});

it("a state folder that is a link to a disk that is not there is found, and told", async () => {
  rmSync(home.stateDir, { recursive: true });
  symlinkSync("/nonexistent/disk", home.stateDir);
  const { stack, roots } = await look(envFor(home));
  expect(stack.light, describeLook(stack)).toBe("amber");
  expect(roots).toContain("openclaw.config.invalid");
  expect(stack.findings.flatMap((one) => one.evidence.map(({ text }) => text)).join("\n")).toMatch(
    /\.openclaw is a link to \/nonexistent\/disk/,
  );
});

/** Root may look everywhere, so it looks through an account that may not. */
async function asOrdinaryAccount<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

describe("files that may not be looked at", () => {
  const shut = (path: string): void => {
    chmodSync(path, 0o000);
    // The account that looks has no way through the home of another one.
    chmodSync(home.home, path === home.home ? 0o000 : 0o755);
  };
  afterEach(() => chmodSync(home.home, 0o700));

  it.each<[string, () => string, boolean]>([
    ["a home", () => home.home, true],
    ["a home, under a gateway that works", () => home.home, false],
    ["a state folder", () => home.stateDir, true],
    ["a state folder, under a gateway that works", () => home.stateDir, false],
    ["an openclaw.json", () => home.configPath, true],
    ["an openclaw.json, under a gateway that works", () => home.configPath, false],
  ])("%s is grey with the path that is shut, neither absent nor down", async (_, pathOf, isDown) => {
    home.config(workingConfig(home, gateway.port));
    shut(pathOf());
    const env = { ...home.env, LAMPLIGHTER_HOME: "/nonexistent/lamplighter" };
    const seen = isDown ? { env } : { env: { ...envFor(home).env, ...env } };
    const { stack } = await asOrdinaryAccount(() => look(seen));
    expect(stack.installed).toBe(true);
    expect(stack.light, describeLook(stack)).toBe("grey");
    const said = [stack.sentence, ...stack.checks.map(({ summary }) => summary)].join("\n");
    expect(said).toMatch(/permission denied/i);
    if (pathOf() !== home.configPath) expect(said).toContain(pathOf().slice(0, 40));
  });

  it("an empty home that may be seen is still a machine without OpenClaw", async () => {
    rmSync(home.stateDir, { recursive: true });
    const { stack } = await look(home);
    expect(stack.installed).toBe(false);
  });
});

/** The home of a gateway that works, with a good configuration. */
const working = (more: Readonly<Record<string, unknown>> = {}): void => home.config({ ...workingConfig(home, gateway.port), ...more });

describe("a log that cannot be used", () => {
  const socketAt = (path: string): Promise<() => void> =>
    new Promise((resolve) => {
      const server = createServer().listen(path, () => resolve(() => server.close()));
    });
  const cases: Readonly<Record<string, readonly [(path: string) => unknown, RegExp]>> = {
    "a gigabyte of zeros": [(path) => sparse(path, GB), /one line without end/],
    "bytes of no text": [
      (path) => writeFileSync(path, Buffer.from(Array.from({ length: 90_000 }, (_, i) => (i * 37) % 256))),
      /does not hold text/,
    ],
    "a folder": [(path) => mkdirSync(path), /cannot be read/],
    "a named pipe": [(path) => execFileSync("mkfifo", [path]), /cannot be read/],
    "a device without end": [(path) => symlinkSync("/dev/zero", path), /cannot be read/],
    "a link to itself": [(path) => symlinkSync(path, path), /cannot be read|no log/],
    "a line of a hundred megabytes": [(path) => writeFileSync(path, Buffer.alloc(100_000_000, "x")), /one line without end/],
  };
  it.each(Object.entries(cases))("%s is told, and harms nothing else", async (_, [make, reason]) => {
    working();
    await make(home.logPath);
    const { stack } = await look(home);
    expect(stack.light, describeLook(stack)).toBe("green");
    expect(summaryOf(stack, "log")).toMatch(reason);
  });

  it("a socket is told, and harms nothing else", async () => {
    working();
    const close = await socketAt(home.logPath);
    expect(summaryOf((await look(home)).stack, "log")).toMatch(/cannot be read/);
    close();
  });

  it("lines made to steer a terminal, to leak, or to keep patterns busy come out short, clean and soon", async () => {
    working();
    const at = new Date().toISOString();
    const lines = [
      `${at} [gateway] \u001b[2J\u001b]0;owned\u0007 unauthorized: gateway token mismatch \u202e${hostileToken}`,
      ...["(a+)+$", "token ", "gateway/ws ", "conn=1 client=x reason=token_mismatch ", '{"0":', "\u001b[31m"].map(
        (bait) => `${at} [ws] ${bait.repeat(7_000)}`,
      ),
      JSON.stringify({
        0: '{"subsystem":"gateway/ws"}',
        1: { __proto__: 1, constructor: "x" },
        time: at,
        message: `pairing required \u001b[5m${hostileToken}`,
      }),
    ];
    home.file(
      "gateway.log",
      `${Array.from({ length: 40 }, () => lines)
        .flat()
        .join("\n")}\n`,
    );
    expect((await look(home)).stack.light).not.toBe("grey");
    await lookAtText(home);
  });
});

describe("other files of the state folder", () => {
  const lock = (content: string): void => void home.file(`.openclaw/tmp/openclaw-${process.getuid?.()}/gateway.state.lock`, content);
  const cases: Readonly<Record<string, () => void>> = {
    "a .env made to keep its reader busy": () =>
      void home.file(".openclaw/.env", `OPENCLAW_X=1${" ".repeat(250_000)}2\nA=${" \u2028".repeat(1_000)}`),
    "a .env of a gigabyte": () => sparse(join(home.stateDir, ".env"), GB),
    "a .env that is a named pipe": () => void execFileSync("mkfifo", [join(home.stateDir, ".env")]),
    "a lock of garbage": () => lock("\u0000{{{"),
    "a lock of a process that cannot be": () =>
      lock(JSON.stringify({ pid: 9_007_199_254_740_991, port: gateway.port, createdAt: "\u001b[2J" })),
    "a lock with a port that cannot be": () =>
      lock(JSON.stringify({ pid: process.pid, port: 99_999_999, createdAt: new Date().toISOString() })),
    "a lock with a port below zero": () => lock(JSON.stringify({ pid: process.pid, port: -1 })),
    "a lock that is a folder": () =>
      mkdirSync(join(home.stateDir, "tmp", `openclaw-${process.getuid?.()}`, "gateway.state.lock"), { recursive: true }),
    "five thousand names": () => {
      for (let i = 0; i < 5_000; i += 1) writeFileSync(join(home.stateDir, `openclaw.json.clobbered.${i}`), "");
    },
    "names that steer a terminal": () => writeFileSync(join(home.stateDir, "openclaw.json.clobbered.\u001b[2J\u202e"), ""),
    "a folder in place of every file": () => {
      for (const name of [".env", "logs", "openclaw.json.bak", "openclaw.json.last-good", "credentials", "identity"])
        mkdirSync(join(home.stateDir, name));
    },
    "a unit file of a gigabyte": () => {
      mkdirSync(join(home.home, ".config/systemd/user"), { recursive: true });
      sparse(join(home.home, ".config/systemd/user/openclaw-gateway.service"), GB);
    },
  };
  it.each(Object.entries(cases))("%s changes nothing about a gateway that works", async (_, make) => {
    working();
    make();
    const { stack } = await look(home);
    expect(stack.light, describeLook(stack)).toBe("green");
    await lookAtText(home);
  });

  it("a rejected configuration whose name steers a terminal is told without the controls", async () => {
    working();
    const name = `openclaw.json.clobbered.${new Date().toISOString().replace(/[:.]/g, "-")}\u001b[2J\u0007`;
    writeFileSync(join(home.stateDir, name), "{}");
    expect((await look(home)).roots).toContain("openclaw.config.restored");
    expect(await lookAtText(home)).toContain("openclaw.json.clobbered.");
  });

  it.each([
    ["itself", (): unknown => "openclaw.json"],
    ["itself a thousand times", (): unknown => Array(1_000).fill("openclaw.json")],
    ["a device and a pipe", (): unknown => ["/dev/zero", "pipe"]],
    ["a gigabyte", (): unknown => "big.json"],
    ["things that are no names", (): unknown => [1, null, {}, [], "", "\u0000", "../".repeat(2_000)]],
  ])("a configuration that includes %s is read as far as it makes sense", async (_, include) => {
    execFileSync("mkfifo", [join(home.stateDir, "pipe")]);
    sparse(join(home.stateDir, "big.json"), GB);
    working({ $include: include() });
    expect((await look(home)).stack.light).toBe("green");
  });
});

describe("a config.yaml that cannot be used", () => {
  const yaml = (content: string | Uint8Array): void => void home.file("lamplighter/config.yaml", content);
  const path = (): string => join(home.home, "lamplighter/config.yaml");
  const cases: Readonly<Record<string, readonly [() => void, RegExp]>> = {
    "aliases that multiply": [
      () =>
        yaml(
          `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghijk"
            .split("")
            .map((key, i) => `${key}: &${key} [${Array(9).fill(`*${"abcdefghij"[i]}`).join(",")}]`)
            .join("\n")}\n`,
        ),
      /aliases/,
    ],
    "lists nested without end": [() => yaml(`stacks: ${"[".repeat(100_000)}`), /nested too deeply|./],
    "a gigabyte": [
      () => {
        yaml("");
        sparse(path(), GB);
      },
      /larger than/,
    ],
    "bytes of no text": [() => yaml(Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 37) % 256))), /other than text/],
    "a folder": [() => mkdirSync(path(), { recursive: true }), /not a file/],
    "a named pipe": [
      () => {
        yaml("");
        rmSync(path());
        execFileSync("mkfifo", [path()]);
      },
      /not a file/,
    ],
    "wrong types everywhere": [
      () => yaml('stacks:\n  openclaw:\n    port: eighty\n    logs: 5\n    url: "\\e[2Jws"\n    "\\e[31mkey": 1\n'),
      /config\.yaml:3/,
    ],
    "ten thousand wrong values": [() => yaml(`stacks:\n  openclaw:\n    logs: [${Array(10_000).fill("1").join(",")}]\n`), /logs/],
    "a key without end": [() => yaml(`stacks:\n  openclaw:\n    ? ${"k".repeat(200_000)}\n    : 1\n`), /./],
    "a port that cannot be": [() => yaml("stacks:\n  openclaw:\n    port: 99999999\n"), /port/],
    "a tag that would run something": [() => yaml('stacks: !!js/function "function(){process.exit(9)}"\n'), /./],
    "keys that every object has": [() => yaml("stacks:\n  __proto__:\n    polluted: 1\n  openclaw:\n    constructor: 1\n"), /./],
  };
  it.each(Object.entries(cases))("%s is told in a note, short and clean", async (_, [make, reason]) => {
    working();
    make();
    const { snapshot, stack } = await look(home);
    expect(["green", "grey"]).toContain(stack.light);
    expect(snapshot.notes.join("\n")).toMatch(reason);
    expect(snapshot.notes.length).toBeLessThanOrEqual(8);
    expect(Math.max(...snapshot.notes.map((note) => note.length))).toBeLessThanOrEqual(500);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    await lookAtText(home);
  });
});

describe("an environment that makes no sense", () => {
  const cases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "no home": { HOME: "" },
    "a home that is not there": { HOME: "/nonexistent/home" },
    "a home that is a device": { HOME: "/dev/null" },
    "a profile that is a pattern": { OPENCLAW_PROFILE: "((((" },
    "a profile that climbs out": { OPENCLAW_PROFILE: "../../../../etc" },
    "a state folder full of wonders": { OPENCLAW_STATE_DIR: "/proc/self" },
    "a configuration without end": { OPENCLAW_CONFIG_PATH: "/dev/zero" },
    "a port that cannot be": { OPENCLAW_GATEWAY_PORT: "99999999" },
    "a port with a command": { OPENCLAW_GATEWAY_PORT: "1; touch owned" },
    "a unit that is an option": { OPENCLAW_SYSTEMD_UNIT: "--host=elsewhere" },
    "no temporary folder": { TMPDIR: "/nonexistent/tmp" },
    "a path of nonsense": { PATH: "\u0000:::relative:/dev/null:/nonexistent" },
    "a token of control characters": { OPENCLAW_GATEWAY_TOKEN: "\u001b[2J\r\nHost: elsewhere" },
    "a token of a hundred kilobytes": { OPENCLAW_GATEWAY_TOKEN: "t".repeat(100_000) },
  };
  it.each(Object.entries(cases))("%s is survived", async (_, variables) => {
    home.config({ gateway: { mode: "local", port: gateway.port } });
    const odd = { env: { ...home.env, ...variables } };
    const { stack } = await look(odd);
    expect(["grey", "amber", "red"], describeLook(stack)).toContain(stack.light);
    expect(stack.sentence).not.toMatch(/its settings do not fit/);
    await lookAtText(odd);
  });
});
