import { describe, expect, it } from "vitest";
import { Effect } from "../../../../core/model/plan.ts";
import { findings } from "../findings/index.ts";
import { type RemedyPlace, remediesFor } from "./index.ts";

const place: RemedyPlace = {
  openclaw: "/opt/homebrew/bin/openclaw",
  manager: "launchd",
  label: "ai.openclaw.gateway",
  uid: 501,
  user: "ada",
  stateDir: "/Users/ada/.openclaw",
  configPath: "/Users/ada/.openclaw/openclaw.json",
  port: 18789,
};
const remedies = remediesFor(place);
const byId = new Map(remedies.map((one) => [one.id, one]));
const plan = (id: string, params: Record<string, string | number> = {}) => byId.get(id)?.plan(params) ?? [];
const argvs = (id: string, params: Record<string, string | number> = {}) =>
  plan(id, params).flatMap(({ effect }) => (effect.do === "run-command" ? [effect.argv] : []));
const everyCommand = remedies.flatMap((one) =>
  argvs(one.id, {
    requestId: "r-1",
    deviceId: "d-1",
    channel: "telegram",
    jobId: "j-1",
    pid: 77,
    provider: "anthropic",
    file: "openclaw.json.clobbered.2026-11-20T18-22-23-376Z",
    target: "mini",
  }),
);

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
    expect(everyCommand.some((argv) => argv[0] === place.openclaw)).toBe(true);
  });

  it("never use sudo, a shell, the doctor's repair, an approval of the latest request, or the downgrade override", () => {
    const forbidden = everyCommand.filter((argv) =>
      /\bsudo\b|^(?:ba|z)?sh\b|--latest|--fix|--repair|OLDER_BINARY|\bkill\b/.test(argv.join(" ")),
    );
    expect(forbidden).toEqual([]);
  });

  it("have the risk of their riskiest step", () => {
    expect(byId.get("approve-pairing")?.risk).toBe("safe");
    expect(byId.get("restart-gateway")?.risk).toBe("disruptive");
    expect(byId.get("restore-config")?.risk).toBe("destructive");
  });

  it("approve exactly the request that was compared", () => {
    expect(argvs("approve-pairing", { requestId: "442bf38d-1ec3" })).toEqual([
      [place.openclaw, "devices", "list", "--json"],
      [place.openclaw, "devices", "approve", "442bf38d-1ec3", "--json"],
    ]);
    expect(argvs("approve-pairing")).toEqual([[place.openclaw, "devices", "list", "--json"]]);
  });

  it.each([
    ["approve-pairing", "requestId"],
    ["rotate-device-token", "deviceId"],
    ["review-sender", "channel"],
    ["review-job", "jobId"],
    ["fix-ssh-rung", "target"],
    ["review-restored-config", "file"],
    ["capture-and-restart", "pid"],
  ])("keep a hostile value of %s out of the command line", (id, name) => {
    for (const hostile of ["--dangerous", "a b", "$(reboot)", "../../etc/passwd", "x\ny", "-oProxyCommand=x"]) {
      expect(argvs(id, { [name]: hostile }).flat()).not.toContain(hostile);
      expect(
        argvs(id, { [name]: hostile })
          .flat()
          .some((word) => word.includes(hostile)),
      ).toBe(false);
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

  it("ask the service manager that is there", () => {
    const commands = (manager: RemedyPlace["manager"]) =>
      (
        remediesFor({ ...place, manager })
          .find((one) => one.id === "find-restarter")
          ?.plan({}) ?? []
      ).flatMap(({ effect }) => (effect.do === "run-command" ? [effect.argv[0]] : []));
    expect([commands("launchd"), commands("systemd"), commands("none")]).toEqual([["launchctl"], ["systemctl"], []]);
  });
});
