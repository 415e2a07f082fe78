import { describe, expect, it } from "vitest";
import { remedyPlaceOf } from "../../../../../tests/support/openclaw-remedy-place.ts";
import { objectionTo } from "../../../../core/engine/effect-guard.ts";
import { Effect } from "../../../../core/model/plan.ts";
import { findings } from "../findings/index.ts";
import { remediesFor } from "./index.ts";

const place = remedyPlaceOf();
const program = "/opt/homebrew/bin/openclaw";
const remedies = remediesFor(place);
const byId = new Map(remedies.map((one) => [one.id, one]));
const plan = (id: string, params: Record<string, string | number> = {}) => byId.get(id)?.plan(params) ?? [];
const argvs = (id: string, params: Record<string, string | number> = {}) =>
  plan(id, params).flatMap(({ effect }) => (effect.do === "run-command" ? [effect.argv] : []));
const values = {
  requestId: "r-1",
  deviceId: "d-1",
  channel: "telegram",
  jobId: "j-1",
  pid: 77,
  provider: "anthropic",
  file: "openclaw.json.clobbered.2026-11-20T18-22-23-376Z",
  target: "mini",
  copy: "openclaw.json.bak.2",
  files: ".env,openclaw.json",
  folders: "credentials",
  token: "shut",
  socket: "shut",
  dotenv: "alone",
  unit: "holds",
  label: "org.example.watchdog",
  program: "/home/ada/.npm-global/bin/openclaw",
  gateway: "down",
  process: "node",
  startedMs: 1_795_000_000_000,
  stray: "yes",
  missing: "/opt/gone/node",
};
const everyCommand = remedies.flatMap((one) => argvs(one.id, values));

describe("openclaw remedies", () => {
  it("exist for every id that a finding names, once each", () => {
    const named = new Set(findings.flatMap((kind) => kind.remedies ?? []));
    expect([...named].filter((id) => !byId.has(id))).toEqual([]);
    expect(remedies.map((one) => one.id).filter((id) => !named.has(id))).toEqual([]);
    expect(byId.size).toBe(remedies.length);
  });

  it("are plans that the contract accepts", () => {
    for (const one of remedies) for (const step of one.plan({})) expect(Effect.safeParse(step.effect).success, one.id).toBe(true);
  });

  it("say what they interrupt, how to undo them and how they are proved, and look again", () => {
    for (const one of remedies) {
      expect(one.interrupts.length * one.undo.length * one.verify.length, one.id).toBeGreaterThan(0);
      const looks = one
        .plan({})
        .some(({ effect }) => effect.do === "recheck" || (effect.do === "run-command" && effect.argv.includes("status")));
      expect(looks, one.id).toBe(true);
    }
  });

  it("use the located program by its absolute path", () => {
    const bare = everyCommand.filter((argv) => argv[0] === "openclaw");
    expect(bare).toEqual([]);
    expect(everyCommand.some((argv) => argv[0] === program)).toBe(true);
  });

  it("never use sudo, a shell, the doctor's repair, an approval of the latest request, or the downgrade override", () => {
    const forbidden = everyCommand.filter((argv) =>
      /\bsudo\b|^(?:ba|z)?sh\b|--latest|--fix|--repair|OLDER_BINARY|\bkill\b/.test(argv.join(" ")),
    );
    expect(forbidden).toEqual([]);
  });

  it("have the risk of their riskiest step, whatever a finding tells them", () => {
    const rank = ["safe", "disruptive", "destructive"];
    for (const keeper of ["openclaw", "manager", "nobody"] as const)
      for (const one of remediesFor(remedyPlaceOf({ keeper })))
        for (const params of [{}, values, { ...values, gateway: "runs", stray: "" }])
          for (const step of one.plan(params)) expect(rank.indexOf(step.risk), one.id).toBeLessThanOrEqual(rank.indexOf(one.risk));
    expect(byId.get("approve-pairing")?.risk).toBe("safe");
    expect(byId.get("restart-gateway")?.risk).toBe("disruptive");
    expect(byId.get("restore-config")?.risk).toBe("disruptive");
  });

  it("approve exactly the request that was compared", () => {
    expect(argvs("approve-pairing", { requestId: "442bf38d-1ec3" })).toEqual([
      [program, "devices", "list", "--json"],
      [program, "devices", "approve", "442bf38d-1ec3", "--json"],
    ]);
    expect(argvs("approve-pairing")).toEqual([[program, "devices", "list", "--json"]]);
  });

  it.each([
    ["approve-pairing", "requestId"],
    ["rotate-device-token", "deviceId"],
    ["review-sender", "channel"],
    ["review-job", "jobId"],
    ["fix-ssh-rung", "target"],
    ["review-restored-config", "file"],
    ["capture-and-restart", "pid"],
    ["restore-config", "copy"],
    ["tighten-access", "files"],
    ["tighten-access", "folders"],
    ["use-newer-binary", "program"],
    ["choose-gateway", "label"],
    ["find-restarter", "label"],
    ["free-port", "process"],
  ])("keep a hostile value of %s out of the command line", (id, name) => {
    for (const hostile of ["--dangerous", "a b", "$(reboot)", "../../etc/passwd", "x\ny", "-oProxyCommand=x"]) {
      const acted = plan(id, { [name]: hostile }).filter(({ effect }) => effect.do !== "ask-person" && effect.do !== "open-url");
      expect(JSON.stringify(acted.map(({ effect }) => effect))).not.toContain(JSON.stringify(hostile).slice(1, -1));
    }
  });

  it("wait as long as the gateway asked, within reason", () => {
    const waits = (params: Record<string, string | number>) =>
      plan("wait-out-lockout", params).flatMap(({ effect }) => (effect.do === "wait" ? [effect.forMs] : []));
    expect([waits({}), waits({ retryAfterMs: 42_000 }), waits({ retryAfterMs: 9e12 }), waits({ retryAfterMs: "nonsense" })]).toEqual([
      [300_000],
      [42_000],
      [600_000],
      [300_000],
    ]);
  });

  it("bring every program's own words through the guard, whoever looks after the unit", () => {
    for (const keeper of ["openclaw", "manager", "nobody"] as const)
      for (const manager of ["launchd", "systemd", "none"] as const)
        for (const one of remediesFor(remedyPlaceOf({ keeper, manager })))
          for (const { effect } of one.plan(values))
            expect([one.id, effect.do, objectionTo(effect)]).toEqual([one.id, effect.do, undefined]);
  });

  it("are proved by a check that has nothing against a gateway which works, not only by the one that complained", () => {
    for (const one of remedies) {
      const looked = one.plan(values).flatMap(({ effect }) => (effect.do === "recheck" ? [effect.check] : []));
      expect(
        looked.some((check) => ["live", "ready", "session", "startup"].includes(check)),
        one.id,
      ).toBe(true);
    }
  });

  it("look at nothing that is not there", () => {
    const checks = new Set(["live", "session"]);
    for (const one of remediesFor(remedyPlaceOf({ checks }))) {
      const looked = one.plan(values).flatMap(({ effect }) => (effect.do === "recheck" ? [effect.check] : []));
      expect(looked.length, one.id).toBeGreaterThan(0);
      for (const check of looked) expect(checks, one.id).toContain(check);
    }
  });

  it("run nothing of OpenClaw where its program would act on another installation", () => {
    const { cli: _none, ...without } = remedyPlaceOf();
    for (const one of remediesFor({ ...without, keeper: "manager" })) {
      const programs = one.plan(values).flatMap(({ effect }) => (effect.do === "run-command" ? [effect.argv[0]] : []));
      expect(
        programs.filter((one) => /openclaw/.test(one ?? "")),
        one.id,
      ).toEqual([]);
    }
  });
});
