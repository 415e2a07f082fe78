import { describe, expect, it } from "vitest";
import { moment, type Outside, onMac, running } from "../../../../../tests/support/openclaw-outside.ts";
import type { Check } from "../../../../core/model/check.ts";
import type { Verdict } from "../../../../core/model/observation.ts";
import type { World } from "../../../../core/model/world.ts";
import { DEMO_TOKEN, mac } from "../demos/mac-unit.ts";
import { healthyConfig, type MacChanges, macWorld } from "../demos/mac-world.ts";
import { findPlace } from "../place/place.ts";
import { linkTo } from "../protocol/link.ts";
import { OpenClawSettings } from "../settings.ts";
import { bindChecks, listChecks } from "./index.ts";

type Bound = ReturnType<typeof bindChecks>;

async function bind(
  changes: MacChanges = {},
  over: Partial<World> = {},
  settings: Readonly<Record<string, unknown>> = {},
): Promise<{ there: Outside; checks: Bound }> {
  const there = onMac(changes, over);
  const parsed = OpenClawSettings.parse(settings);
  const place = await findPlace(parsed, there.context);
  if (place === null) throw new Error("not found");
  return { there, checks: bindChecks({ place, link: linkTo(there.ports, place.target.url), bootGraceMs: 240_000 }, parsed) };
}

async function verdictOf<Seen>(
  { there, checks }: { there: Outside; checks: Bound },
  pick: (checks: Bound) => Check<Seen> | undefined,
): Promise<Verdict> {
  const check = pick(checks);
  if (check === undefined) throw new Error("no such check here");
  return check.judge(await running(there, check.observe(there.context)), []);
}
const codes = (verdict: Verdict) => verdict.findings?.map((one) => [one.code, one.light]) ?? [];
const withGateway = (gateway: Readonly<Record<string, unknown>>) => ({ ...healthyConfig(), gateway });
const file = (path: string, text: string, mode = 0o600): Partial<World> => ({
  files: { ...macWorld(moment).files, [path]: { text, mode } },
});

describe("the checks of a located gateway", () => {
  it("have different names, and a healthy Mac makes every lamp green", async () => {
    const bound = await bind();
    const all = listChecks(bound.checks);
    expect(new Set(all.map((one) => one.id)).size).toBe(all.length);
    for (const check of all.filter((one) => one.lane === "poll" && one.drivesLight)) {
      const verdict = check.judge(await running(bound.there, check.observe(bound.there.context)), []);
      expect([check.id, verdict.applies === false ? "green" : verdict.light]).toEqual([check.id, "green"]);
    }
  });

  it("say nothing alarming about a program that nobody has set up", async () => {
    const bare = { files: {}, services: {}, commands: [{ argv: ["/opt/homebrew/bin/openclaw"] }] };
    const bound = await bind({ gateway: "closed" }, bare);
    expect(await verdictOf(bound, (checks) => checks.live)).toMatchObject({ light: "grey", applies: false });
  });

  it("are fewer for a gateway that lives elsewhere", async () => {
    const { checks } = await bind({
      config: withGateway({ mode: "remote", remote: { url: "wss://claw.example.org", sshTarget: "sam@host" } }),
    });
    expect(Object.keys(checks)).not.toContain("process");
    expect(Object.keys(checks)).not.toContain("service");
    expect(Object.keys(checks)).toContain("tunnel");
  });

  it("show waiting devices only when that right was asked for", async () => {
    expect((await bind()).checks).not.toHaveProperty("devices");
    expect((await bind({}, {}, { scopes: ["operator.read", "operator.pairing"] })).checks).toHaveProperty("devices");
  });

  it("never reveal the token in what they saw", async () => {
    const bound = await bind();
    for (const check of listChecks(bound.checks).filter((one) => one.lane === "poll"))
      expect(JSON.stringify(await running(bound.there, check.observe(bound.there.context))), check.id).not.toContain(DEMO_TOKEN);
  });
});

describe("the file that the stack was located by", () => {
  const path = `${mac.stateDir}/openclaw.json`;
  const look = async (files: World["files"]) => {
    const bound = await bind();
    bound.there.set({ ...macWorld(moment), files });
    await verdictOf(bound, (checks) => checks.config);
    return bound.there.nudged;
  };

  it("is asked for anew when it is gone at the first look already", async () => {
    const { [path]: _gone, ...files } = macWorld(moment).files;
    expect(await look(files)).toEqual([["*"]]);
  });

  it("is asked for anew when it was written between locating and the first look", async () => {
    const files = macWorld(moment).files;
    expect(await look({ ...files, [path]: { text: "{}", mode: 0o600, modifiedMs: moment.nowMs } })).toEqual([["*"]]);
  });

  it("is left alone while it is the same", async () => {
    expect(await look(macWorld(moment).files)).toEqual([]);
  });
});

describe("reading over the shared connection", () => {
  it("finds a channel that fails behind a health answer that is always good", async () => {
    const verdict = await verdictOf(await bind({ payload: { telegramError: "fetch failed | ENETUNREACH" } }), (checks) => checks.channels);
    expect(codes(verdict)[0]?.[0]).toBe("openclaw.channel.failing");
    expect(verdict.light).not.toBe("green");
  });

  it("says that it was our own limit which ended a connection, or why the other side did", async () => {
    const { checks } = await bind();
    const ended = (code: number, reason: string) =>
      checks.channels.judge({ kind: "interrupted", method: "channels.status", close: { code, reason } }, []).summary;
    expect(ended(1009, "a frame was larger than allowed")).toBe("The answer is too long to be read whole");
    expect(ended(1012, "service restart")).toBe("The connection ended during channels.status (1012 service restart)");
    expect(ended(1006, "")).toBe("The connection ended during channels.status (1006)");
  });

  it("finds a credential that has expired", async () => {
    const verdict = await verdictOf(await bind({ payload: { tokenEndsMs: moment.startedMs } }), (checks) => checks.models);
    expect(codes(verdict)[0]?.[0]).toBe("openclaw.provider.credential-expired");
  });

  it("says what is not visible, without a lamp, when nobody is let in", async () => {
    const bound = await bind({ peer: { token: "rotated" } });
    for (const pick of [(c: Bound) => c.channels, (c: Bound) => c.cron, (c: Bound) => c.nodes, (c: Bound) => c.models])
      expect(await verdictOf(bound, pick)).toMatchObject({ light: "grey", applies: false, summary: "Not visible without a connection" });
  });

  it("does not take a call that an older release lacks for a fault", async () => {
    const verdict = await verdictOf(await bind({ peer: { answers: {} } }), (checks) => checks.nodes);
    expect(verdict).toMatchObject({ light: "grey", applies: false });
  });

  it("calls a gateway that lets us in and then refuses to answer half dead", async () => {
    const world = macWorld(moment);
    const url = `ws://127.0.0.1:${mac.port}`;
    const peer = world.websockets[url];
    if (typeof peer !== "object" || !("greet" in peer)) throw new Error("no peer");
    const mute = { ...peer, answer: (said: string) => (said.includes('"connect"') ? peer.answer(said) : { send: [] }) };
    const bound = await bind({}, { websockets: { [url]: mute } });
    const verdict = await verdictOf(bound, (checks) => checks.channels);
    expect(codes(verdict)).toEqual([["openclaw.gateway.follow-up-failed", undefined]]);
    expect(verdict.summary).toBe("channels.status: no answer in time");
  });

  it("waits for a second silence when other calls are answered: the first call of its kind takes long on a busy machine", async () => {
    const world = macWorld(moment);
    const url = `ws://127.0.0.1:${mac.port}`;
    const peer = world.websockets[url];
    if (typeof peer !== "object" || !("greet" in peer)) throw new Error("no peer");
    const slow = { ...peer, answer: (said: string) => (said.includes('"cron.list"') ? { send: [] } : peer.answer(said)) };
    const { there, checks } = await bind({}, { websockets: { [url]: slow } });
    const first = await running(there, checks.cron.observe(there.context));
    expect(checks.cron.judge(first, [])).toMatchObject({ light: "grey", applies: false });
    expect(checks.cron.judge(first, [{ at: 1, seen: first }])).toMatchObject({
      light: "amber",
      findings: [{ code: "openclaw.gateway.follow-up-failed" }],
    });
  });

  it("takes a scheduler that was switched off with nothing of the user's in it for a choice", async () => {
    const own = {
      jobs: [
        { id: "1", declarationKey: "heartbeat:main" },
        { id: "2", declarationKey: "skill-collection-review:main" },
      ],
    };
    const answers = (jobs: unknown) => ({ peer: { answers: { "cron.status": { enabled: false, jobs: 2 }, "cron.list": jobs } } });
    expect(await verdictOf(await bind(answers(own)), (checks) => checks.cron)).toMatchObject({ applies: false });
    const mine = { jobs: [...own.jobs, { id: "3", name: "mine" }] };
    expect(codes(await verdictOf(await bind(answers(mine)), (checks) => checks.cron))[0]?.[0]).toBe("openclaw.cron.not-delivering");
  });

  it("asks for the gateway's opinion of the file only once per version of it", async () => {
    let asked = 0;
    const answers = {
      get "config.get"() {
        asked += 1;
        return { valid: false, issues: [{ path: "", message: 'Unrecognized key: "nonsense"' }] };
      },
    };
    const bound = await bind({ peer: { answers } });
    const verdict = await verdictOf(bound, (checks) => checks.schema);
    expect(codes(verdict)).toEqual([["openclaw.config.invalid", "amber"]]);
    expect(verdict.summary).toContain('Unrecognized key: "nonsense"');
    const before = asked;
    await verdictOf(bound, (checks) => checks.schema);
    expect(asked).toBe(before);
  });
});

describe("before a restart", () => {
  it.each([
    [{ safe: true, blockers: [] }, "green", "A restart would interrupt nothing"],
    [{ safe: false, blockers: [{ kind: "cron", message: "1 job runs" }] }, "amber", "A restart would interrupt: 1 job runs"],
    ["odd", "grey", "This release does not say"],
  ])("says what it would interrupt: %j", async (answer, light, summary) => {
    const bound = await bind({ peer: { answers: { "gateway.restart.preflight": answer } } });
    expect(bound.checks.preflight.lane).toBe("deep");
    expect(await verdictOf(bound, (checks) => checks.preflight)).toMatchObject({ light, summary });
  });
});

describe("looking around the gateway", () => {
  it("is reassured that strangers are turned away", async () => {
    expect(await verdictOf(await bind(), (checks) => checks.anonymous)).toMatchObject({
      light: "green",
      summary: "Strangers are turned away",
    });
    expect(await verdictOf(await bind({ gateway: "closed" }), (checks) => checks.anonymous)).toMatchObject({ applies: false });
  });

  it("finds copies of the token that differ", async () => {
    const bound = await bind({}, file(`${mac.stateDir}/.env`, "OPENCLAW_GATEWAY_TOKEN=an-older-token-0123456789"));
    const verdict = await verdictOf(bound, (checks) => checks.copies);
    expect(codes(verdict)[0]?.[0]).toBe("openclaw.auth.duplicate-secrets");
    expect(verdict.summary).toBe("Copies of the token differ");
    expect(bound.there.learned).toContain("an-older-token-0123456789");
  });

  it("finds a state folder that others may read, and a configuration that was put back", async () => {
    const open = await bind({}, file(`${mac.stateDir}/openclaw.json.bak`, "{}", 0o644));
    expect(codes(await verdictOf(open, (checks) => checks.state))[0]?.[0]).toBe("openclaw.security.exposed");
    const restored = await bind({}, file(`${mac.stateDir}/openclaw.json.clobbered.2026-11-20T17-22-23-376Z`, "{}"));
    expect(codes(await verdictOf(restored, (checks) => checks.state)).map(([code]) => code)).toContain("openclaw.config.restored");
  });

  it("claims nothing about port and files where this account may not look", async () => {
    const hidden = { gateway: "closed" } as const;
    const barred = await bind(hidden, { barred: [mac.stateDir] });
    expect(await verdictOf(barred, (checks) => checks.live)).toEqual({
      light: "grey",
      summary: "Its port is not known: openclaw.json may not be read",
    });
    expect(await verdictOf(barred, (checks) => checks.state)).toEqual({
      light: "grey",
      summary: `This account may not look into ${mac.stateDir} (permission denied).`,
    });
    // With a port somebody named, nobody there is news again.
    const named = await bind(hidden, { barred: [mac.stateDir], env: { ...macWorld(moment).env, OPENCLAW_GATEWAY_PORT: String(mac.port) } });
    expect((await verdictOf(named, (checks) => checks.live)).light).toBe("red");
  });

  it("reads the versions of every openclaw program and of the service unit's package", async () => {
    const { there, checks } = await bind();
    const seen = await running(there, checks.installs.observe(there.context));
    expect(seen.service).toEqual({ path: "/opt/homebrew/lib/node_modules/openclaw", version: "2026.9.6" });
    expect(await verdictOf({ there, checks }, (one) => one.installs)).toMatchObject({ summary: "Installed: 2026.9.6" });
  });

  it("asks to look again when openclaw.json changed", async () => {
    const { there, checks } = await bind();
    await running(there, checks.config.observe(there.context));
    expect(there.nudged).toEqual([]);
    there.set({ ...macWorld(moment), ...file(`${mac.stateDir}/openclaw.json`, "{ gateway: { mode: 'local' } }") });
    await running(there, checks.config.observe(there.context));
    expect(there.nudged).toEqual([["*"]]);
  });

  it("never paints the file red by itself: a running gateway keeps the last good version", async () => {
    expect(await verdictOf(await bind({ config: "{{{" }), (checks) => checks.config)).toMatchObject({ light: "amber" });
  });

  it("runs OpenClaw's own slow commands only when asked, and reads their answers", async () => {
    const bound = await bind();
    const doctor = bound.checks.deep.doctor;
    expect(doctor).toMatchObject({ lane: "deep", drivesLight: false });
    const world = macWorld(moment);
    bound.there.set({ ...world, commands: world.commands.map((one) => ({ ...one, argv: ["openclaw", ...one.argv.slice(1)] })) });
    expect(await verdictOf(bound, () => doctor)).toMatchObject({ light: "green", summary: "Nothing to complain about" });
    bound.there.set({ ...world, commands: [] });
    expect(await verdictOf(bound, () => doctor)).toMatchObject({ light: "grey" });
  });

  it("passes no SSH target on that ssh could read as an option", async () => {
    const remote = (sshTarget: string) => withGateway({ mode: "remote", remote: { url: "wss://x.example", sshTarget } });
    const evil = await bind({ config: remote("-oProxyCommand=touch /tmp/x") });
    expect(await verdictOf(evil, (checks) => checks.tunnel)).toMatchObject({
      summary: "The SSH target in the settings is not a plain name",
    });
    const good = await bind(
      { config: remote("sam@host") },
      { commands: [{ argv: ["ssh"], exitCode: 255, stderr: "sam@host: Permission denied (publickey).\n" }] },
    );
    expect(codes(await verdictOf(good, (checks) => checks.tunnel))).toEqual([["openclaw.probe.ssh-tunnel-failed", undefined]]);
  });
});
