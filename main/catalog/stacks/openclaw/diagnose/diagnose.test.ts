import { describe, expect, it } from "vitest";
import type { HostFacts } from "../../../../core/ports/machine.ts";
import type { ServiceReading } from "../../../../core/ports/service-manager.ts";
import type { LogHit } from "../../../probes/log-signature/index.ts";
import type { SessionSeen } from "../checks/session.ts";
import { mac } from "../demos/mac-unit.ts";
import { healthyConfig } from "../demos/mac-world.ts";
import { readConfig } from "../knowledge/parse-config.ts";
import { judgeSituation } from "./index.ts";
import type { Situation } from "./situation.ts";

const nowMs = 1_795_000_000_000;
const port = mac.port;
const place: Situation["place"] = {
  port,
  configuredPort: port,
  stateDir: mac.stateDir,
  configPath: `${mac.stateDir}/openclaw.json`,
  mode: "local",
  neverSetUp: false,
  isPortGuessed: false,
  credential: { auth: { kind: "token", token: "t" }, from: "gateway.auth.token" },
  target: { local: true, url: `ws://127.0.0.1:${port}` },
};
const facts = { kind: "file", sizeBytes: 1, modifiedMs: nowMs - 86_400_000, mode: 0o600, uid: 1, inode: "1" } as const;
type Of<K extends keyof Situation> = NonNullable<Situation[K]>;
const config = (over: Readonly<Record<string, unknown>> = {}): Extract<Of<"config">, { kind: "parsed" }> => ({
  kind: "parsed",
  facts,
  parsed: readConfig(
    { ...healthyConfig(), ...over },
    (secret) => `#${secret.length}`,
    () => {},
  ),
});
const inside: SessionSeen = {
  kind: "in",
  hello: { version: "2026.9.6", scopes: ["operator.read"] },
  way: "shared",
  paired: true,
  refusals: [],
  sinceMs: nowMs,
  pingMs: 1,
  credentialFrom: "gateway.auth.token",
};
const refused: SessionSeen = {
  kind: "refused",
  way: "shared",
  said: { details: { code: "AUTH_TOKEN_MISMATCH" } },
  refusals: [],
  atMs: nowMs,
  remembered: false,
  credentialFrom: "gateway.auth.token",
};
const healthy: Situation = {
  nowMs,
  place,
  bootGraceMs: 240_000,
  up: "yes",
  hungFor: 0,
  readiness: { ready: true, failing: [], uptimeMs: 3_600_000 },
  startup: { status: "started", version: "2026.9.6", uptimeMs: 3_600_000 },
  session: inside,
  process: { owner: { pid: 5, state: "sleeping", ageMs: 3_600_000 }, newborn: [], atMs: nowMs },
  owner: { kind: "gateway" },
  config: config(),
  log: { read: ["/l"], hits: [], skippedBytes: 0 },
  installs: { binaries: [] },
  runBeganMs: nowMs - 3_600_000,
  restarts: { byManager: 0, byItself: 0 },
};
const gone: Partial<Situation> = {
  up: "no",
  owner: { kind: "nobody" },
  process: { newborn: [], atMs: nowMs },
  session: { kind: "unreachable", how: "refused", reason: "", credentialFrom: "" },
  startup: {},
  readiness: { failing: [] },
};
const judge = (over: Partial<Situation> = {}) => judgeSituation({ ...healthy, ...over });
const codes = (over: Partial<Situation> = {}) => judge(over).map((one) => one.code);
const told = (over: Partial<Situation>) =>
  judge(over)
    .flatMap((one) => one.evidence)
    .map((one) => one.text)
    .join(" | ");
const hit = (code: string, line: string, over: Partial<LogHit> = {}): LogHit => ({
  code,
  path: "/l",
  line,
  count: 1,
  lastAt: nowMs - 5_000,
  times: Array.from({ length: over.count ?? 1 }, () => over.lastAt ?? nowMs - 5_000),
  ...over,
});
const log = (...hits: readonly LogHit[]): Of<"log"> => ({ read: ["/l"], hits, skippedBytes: 0 });
const service = (state: Of<"service">["state"], over: Partial<Extract<ServiceReading, { kind: "loaded" }>> = {}): Of<"service"> => ({
  state,
  seen: { reading: { kind: "loaded", state: "running", rawState: "running", ...over }, linger: "on", atMs: nowMs },
});

describe("a healthy gateway", () => {
  it("gives no reason to speak", () => {
    expect(judge()).toEqual([]);
  });

  it("on whose port we cannot see the owner gives none either", () => {
    expect(judge({ owner: { kind: "hidden" } })).toEqual([]);
    expect(judge({ owner: { kind: "stranger", holder: "x" } })).toEqual([]);
    expect(judge({ process: { newborn: [], atMs: nowMs } })).toEqual([]);
  });
});

describe("presence", () => {
  it("names a stranger on the port, whether it answers, hangs or refuses us", () => {
    for (const up of ["stranger", "hung", "no"] as const) {
      const [first] = judge({ ...gone, up, owner: { kind: "stranger", holder: "python3, process 9" } });
      expect(first).toMatchObject({ code: "openclaw.port.conflict", params: { port, named: "(python3, process 9)" } });
      expect(first?.ruledOut?.join(" ")).toContain("frozen");
    }
  });

  it("knows another gateway by the lock that our state folder lacks", () => {
    const other: Partial<Situation> = { process: { newborn: [], atMs: nowMs }, session: refused };
    expect(codes(other)).toEqual(["openclaw.port.conflict"]);
    expect(codes({ session: refused })).toEqual([]);
    // Without a credential of our own the refusal proves nothing.
    expect(codes({ ...other, session: { ...refused, way: "open" } })).toEqual([]);
    // Older releases keep their lock elsewhere and do not tell their version.
    expect(codes({ ...other, startup: {} })).toEqual([]);
  });

  it("waits while a young process is on its way", () => {
    const young = { owner: { pid: 5, state: "running", ageMs: 9_000 } as const, newborn: [], atMs: nowMs };
    for (const up of ["no", "hung"] as const) expect(codes({ ...gone, up, process: young })).toEqual(["openclaw.gateway.booting"]);
    expect(told({ ...gone, process: young })).toContain("Process 5 began 9 s ago");
  });

  it("waits for a process without a lock yet, and for a unit that was just started", () => {
    const newborn = [{ pid: 6, state: "running", ageMs: 2_000 } as const];
    expect(codes({ ...gone, process: { newborn, atMs: nowMs } })).toEqual(["openclaw.gateway.booting"]);
    expect(codes({ ...gone, service: service("starting") })).toEqual(["openclaw.gateway.booting"]);
    expect(codes({ ...gone, service: service("up", { sinceMs: nowMs - 4_000 }) })).toEqual(["openclaw.gateway.booting"]);
    expect(codes({ ...gone, service: service("up", { sinceMs: nowMs - 400_000 }) })).toEqual(["openclaw.gateway.not-running"]);
  });

  it("does not wait longer than the grace", () => {
    const slow = { owner: { pid: 5, state: "running", ageMs: 9_000 } as const, newborn: [], atMs: nowMs };
    expect(codes({ ...gone, up: "hung", process: slow, bootGraceMs: 5_000 })).toEqual(["openclaw.gateway.frozen"]);
  });

  it("sees a gateway that closed its port and still holds the lock as draining", () => {
    const old = { owner: { pid: 5, state: "sleeping", ageMs: 9_000_000 } as const, newborn: [], atMs: nowMs };
    expect(codes({ ...gone, process: old })).toEqual(["openclaw.gateway.booting"]);
    expect(told({ ...gone, process: old })).toContain("still holds the lock");
  });

  it("says not running with all that is known about the end, and what it was not", () => {
    const [first] = judge({
      ...gone,
      process: { gone: { pid: 77 }, newborn: [], atMs: nowMs },
      service: service("stopped-failed", { state: "failed", lastEnd: { exitCode: 1 } }),
      log: log(hit("openclaw.start.port-taken", `[gateway] listen EADDRINUSE: address already in use 127.0.0.1:${port}`)),
    });
    expect(first?.code).toBe("openclaw.gateway.not-running");
    const text = first?.evidence.map((one) => one.text).join(" | ");
    expect(text).toContain("Process 77 left its lock behind: it was killed");
    expect(text).toContain("ended with 1");
    expect(text).toContain("EADDRINUSE");
    expect(first?.ruledOut).toEqual([
      "Another program on the port: it is free",
      "A frozen process: there is none",
      "A broken openclaw.json: it can be read",
    ]);
  });

  it("is careful after one silence, and sure after two", () => {
    expect(judge({ up: "hung", hungFor: 1 })[0]).toMatchObject({ code: "openclaw.gateway.frozen", light: "amber" });
    expect(judge({ up: "hung", hungFor: 2 })[0]).toMatchObject({ code: "openclaw.gateway.frozen", light: "red" });
  });

  it("leaves a suspended process to the check that saw it", () => {
    expect(judge({ up: "hung", process: { owner: { pid: 5, state: "stopped" }, newborn: [], atMs: nowMs } })).toEqual([]);
  });

  it("calls a gateway whose socket is mute half frozen, unless it starts", () => {
    const mute: SessionSeen = { kind: "mute", before: "challenge", credentialFrom: "" };
    expect(judge({ session: mute })[0]).toMatchObject({ code: "openclaw.gateway.frozen", light: "amber" });
    expect(judge({ session: mute, startup: { status: "starting" } })).toEqual([]);
  });

  it("knows the brake after wrong log-ins from a frozen gateway by our own refusals in its log", () => {
    const mute: SessionSeen = { kind: "mute", before: "answer", credentialFrom: "" };
    const own = hit("openclaw.own.refused", "[ws] unauthorized conn=1 client=Lamplighter backend reason=token_mismatch");
    expect(codes({ session: mute, log: log(own) })).toEqual(["openclaw.auth.token-mismatch"]);
    const sent = judge({ session: { ...mute, credentialFrom: "the variable X" }, log: log(own) })[0];
    expect(sent?.evidence).toContainEqual({ source: "connect", text: "Sent the variable X" });
    expect(codes({ session: mute, log: log({ ...own, lastAt: nowMs - 600_000 }) })).toEqual(["openclaw.gateway.frozen"]);
  });

  it("says little about a gateway elsewhere", () => {
    const remote = { ...place, mode: "remote" as const, target: { local: false, url: "wss://claw.example" } };
    expect(codes({ ...gone, place: remote })).toEqual([]);
    expect(codes({ place: remote, up: "hung", hungFor: 1 })).toEqual(["openclaw.gateway.frozen"]);
  });
});

describe("a gateway elsewhere that is reached over this machine's own loopback", () => {
  const tunnelled = (sshTarget?: string): Situation["place"] => {
    const remote = { url: `ws://127.0.0.1:${port}`, ...(sshTarget === undefined ? {} : { sshTarget }) };
    return { ...place, mode: "remote", facts: config({ gateway: { mode: "remote", remote } }).parsed };
  };

  it("misses its tunnel when nothing listens there, not the gateway", () => {
    const [raised] = judge({ ...gone, place: tunnelled("ada@studio") });
    expect(raised).toMatchObject({ code: "openclaw.probe.ssh-tunnel-failed", light: "red", params: { target: "ada@studio" } });
    expect(raised?.evidence[0]?.text).toContain("through a tunnel to ada@studio; nothing listens there");
    expect(judge({ ...gone, place: tunnelled() })[0]?.evidence[0]?.text).toContain("through a tunnel; nothing listens there");
    expect(codes({ place: tunnelled() })).toEqual([]);
  });
});

describe("a gateway that is gone", () => {
  it("may miss its secret: a reference that leads nowhere is told beside it", () => {
    const credential = { auth: { kind: "none" }, from: "nowhere", problem: { kind: "reference", text: "names CLAW_TOKEN" } } as const;
    expect(judge({ ...gone, place: { ...place, credential } }).map(({ code, light }) => [code, light])).toContainEqual([
      "openclaw.secrets.ref-unresolved",
      "amber",
    ]);
    expect(codes({ place: { ...place, credential } })).toEqual([]);
  });
});

describe("settings and releases", () => {
  const broken: Of<"config"> = { kind: "invalid", facts, problem: { line: 3, message: "the text ends in the middle" } };

  it("weighs a broken file by whether the gateway runs on", () => {
    expect(judge({ config: broken })[0]).toMatchObject({ code: "openclaw.config.invalid", light: "amber" });
    expect(judge({ ...gone, config: broken }).find((one) => one.code === "openclaw.config.invalid")).toMatchObject({ light: "red" });
  });

  it.each<Of<"config">>([{ kind: "too-large", sizeBytes: 9e9, limitBytes: 1 }, { kind: "not-text" }])(
    "takes %j for broken as well",
    (one) => {
      expect(codes({ config: one })).toEqual(["openclaw.config.invalid"]);
    },
  );

  it("takes no file that is locked for broken, nor one that a running gateway can do without", () => {
    expect(codes({ config: { kind: "unreadable", reason: "EACCES" } })).toEqual([]);
    expect(codes({ config: { kind: "missing" } })).toEqual([]);
  });

  it("names a file that is gone as the reason why nothing runs, unless it was never set up", () => {
    const lost: Partial<Situation> = { ...gone, config: { kind: "missing" } };
    expect(judge(lost).find((one) => one.code === "openclaw.config.invalid")).toMatchObject({ light: "red" });
    expect(judge({ ...lost, place: { ...place, neverSetUp: true } })).toEqual([]);
  });

  it("believes the last start about its schema, when it was about this file as it is now", () => {
    const said = (path: string, over: Partial<LogHit> = {}) =>
      log(
        hit(
          "openclaw.start.config",
          `[cli] Gateway failed to start: Invalid config at ${path}: <root>: Unrecognized key: "x" Run "openclaw doctor --fix"`,
          over,
        ),
      );
    const of = (one: Situation["log"]) =>
      judge({ ...gone, ...(one === undefined ? {} : { log: one }) }).find((each) => each.code === "openclaw.config.invalid");
    expect(of(said(place.configPath))).toMatchObject({ light: "red", evidence: [{ text: '<root>: Unrecognized key: "x"' }] });
    expect(of(said("/other/openclaw.json"))).toBeUndefined();
    expect(of(said(place.configPath, { lastAt: facts.modifiedMs - 60_000 }))).toBeUndefined();
  });

  it("tells a port that differs from the one configured", () => {
    expect(codes({ place: { ...place, configuredPort: 1 } })).toEqual(["openclaw.service.config-mismatch"]);
  });

  it("sees a configuration that is newer than the gateway that runs", () => {
    expect(judge({ config: config({ meta: { lastTouchedVersion: "2027.3.1" } }) })[0]).toMatchObject({
      code: "openclaw.install.split-brain",
      light: "amber",
    });
  });

  it("believes the log that an older program refused to start, for the same version only", () => {
    const line = (version: string) =>
      log(
        hit(
          "openclaw.start.older-program",
          `Refusing to run because this OpenClaw binary (2026.9.6) is older than the config last written by OpenClaw ${version}.`,
        ),
      );
    const newer = config({ meta: { lastTouchedVersion: "2027.3.1" } });
    const of = (one: Of<"log">) => codes({ ...gone, config: newer, log: one });
    expect(of(line("2027.3.1"))).toContain("openclaw.install.split-brain");
    expect(of(line("2028.1.1"))).not.toContain("openclaw.install.split-brain");
  });
});

describe("strain and log", () => {
  const memory = (availableBytes: number): Of<"memory"> => {
    const facts: HostFacts = {
      memory: { totalBytes: 100, availableBytes, swapTotalBytes: 0, swapUsedBytes: 0 },
      load1: 1,
      cpuCount: 1,
      bootedMs: 0,
    };
    return { facts, disks: [], clock: { wallMs: 0, monotonicMs: 0 } };
  };

  it("blames memory for a gateway that is gone only when there is none left", () => {
    expect(codes({ ...gone, memory: memory(1) })).toContain("openclaw.host.memory-pressure");
    expect(codes({ ...gone, memory: memory(50) })).not.toContain("openclaw.host.memory-pressure");
  });

  it("blames memory only when the gateway suffers, and then not the credentials", () => {
    const strained = { ...healthy.readiness, strained: { reasons: ["event_loop_delay"] } };
    expect(codes({ memory: memory(2) })).toEqual([]);
    const [first] = judge({ memory: memory(2), readiness: strained });
    expect(first).toMatchObject({ code: "openclaw.host.memory-pressure", ruledOut: ["Rejected credentials: the gateway let us in"] });
    expect(codes({ memory: memory(50), readiness: strained })).toEqual([]);
  });

  const breaker = hit("openclaw.gateway.restart-storm", "[gateway] gateway restart-loop breaker tripped: 3 unclean boot(s)");
  it("reads what the log says about this run, and nothing about earlier ones or while nothing runs", () => {
    expect(codes({ log: log(breaker) })).toEqual(["openclaw.gateway.restart-storm"]);
    expect(codes({ log: log({ ...breaker, lastAt: nowMs - 7_200_000 }) })).toEqual([]);
    expect(codes({ ...gone, log: log(breaker) })).toEqual(["openclaw.gateway.not-running"]);
  });

  it("makes a note of the breaker where it holds no channel back", () => {
    expect(judge({ log: log(breaker) })[0]?.light).toBeUndefined();
    expect(judge({ log: log(breaker), config: config({ channels: {} }) })[0]).toMatchObject({ light: "green" });
  });

  it("listens to refused clients only while they keep trying", () => {
    const wrong = hit("openclaw.auth.token-mismatch", "[ws] unauthorized client=openclaw-control-ui reason=token_mismatch", { count: 3 });
    expect(codes({ log: log(wrong) })).toEqual(["openclaw.auth.token-mismatch"]);
    expect(codes({ log: log({ ...wrong, times: wrong.times.slice(1) }) })).toEqual([]);
    expect(codes({ log: log({ ...wrong, times: [nowMs - 400_000, nowMs - 200_000, nowMs] }) })).toEqual([]);
  });

  it("forgets what was said about a file that was written again since", () => {
    const skipped = hit("openclaw.config.invalid", "[gateway/reload] config reload skipped (invalid config): x");
    expect(codes({ log: log(skipped) })).toEqual(["openclaw.config.invalid"]);
    const rewritten: Of<"config"> = {
      ...config(),
      facts: { ...facts, modifiedMs: nowMs },
    };
    expect(codes({ log: log(skipped), config: rewritten })).toEqual([]);
    expect(codes({ log: log(skipped), accepted: true })).toEqual([]);
    expect(codes({ log: log(hit("openclaw.config.restored", "Config observe anomaly: /h (x)")) })).toEqual([]);
  });

  it("adds what the settings say about the thing complained of", () => {
    const long = hit("openclaw.provider.long-context-refused", "[agent/embedded] Extra usage is required for long context requests.");
    const models = { "anthropic/claude-opus-4-6": { params: { context1m: true } } };
    const settings: Situation["place"] = { ...place, facts: config({ agents: { defaults: { models } } }).parsed };
    expect(judge({ log: log(long), place: settings })[0]).toMatchObject({ params: { model: "anthropic/claude-opus-4-6" } });
    expect(judge({ log: log(long) })[0]?.evidence).toHaveLength(1);
  });

  it("listens to the last words of a gateway that froze, and to none of one that is gone", () => {
    const expired = hit("openclaw.provider.credential-expired", "[agent/embedded] OAuth token has expired.");
    expect(codes({ up: "hung", hungFor: 2, log: log(expired) })).toContain("openclaw.provider.credential-expired");
    expect(codes({ ...gone, log: log(expired) })).toEqual(["openclaw.gateway.not-running"]);
  });

  it("climbs the ladder when a live gateway breaks the connection without a reason", () => {
    const session: SessionSeen = { kind: "foreign", why: "it sent something that is not JSON", credentialFrom: "" };
    const [first] = judge({ session });
    expect(first).toMatchObject({ code: "openclaw.ladder", params: { rung: "connect" } });
    expect(judge({ session: { kind: "closed", close: { code: 1013, reason: "" }, before: "answer", credentialFrom: "" } })).toEqual([]);
  });
});
