import { describe, expect, it } from "vitest";
import { moment, onMac, running, startMs } from "../../../../../tests/support/openclaw-outside.ts";
import { remedyPlaceOf } from "../../../../../tests/support/openclaw-remedy-place.ts";
import type { Raised } from "../../../../core/model/finding.ts";
import type { World } from "../../../../core/model/world.ts";
import { copiesCheck } from "../checks/copies.ts";
import { portCheck } from "../checks/port.ts";
import { DEMO_TOKEN, mac, unit } from "../demos/mac-unit.ts";
import { healthyConfig, macWorld } from "../demos/mac-world.ts";
import { judgeUnreadable } from "../knowledge/judge-config.ts";
import { judgeOtherUnits, onlyRestarter } from "../knowledge/service-audit.ts";
import { judgeControlSocket, judgeModes, type StateFile } from "../knowledge/state-files.ts";
import { judgeVersions } from "../knowledge/versions.ts";
import { goodCopyBeside, loadConfig } from "../place/config-file.ts";
import { findPlace } from "../place/place.ts";
import { linkTo } from "../protocol/link.ts";
import { OpenClawSettings } from "../settings.ts";
import { remediesFor } from "./index.ts";
import { remedyPlace } from "./remedy-place.ts";

const acts = (id: string, raised: Raised | undefined) =>
  JSON.stringify(
    (
      remediesFor(remedyPlaceOf())
        .find((one) => one.id === id)
        ?.plan(raised?.params ?? {}) ?? []
    ).flatMap(({ effect }) => (effect.do === "ask-person" ? [] : [effect])),
  );

async function located(over: Partial<World> = {}) {
  const there = onMac({}, over);
  const place = await findPlace(OpenClawSettings.parse({}), there.context);
  if (place === null) throw new Error("not found");
  return { there, gateway: { place, link: linkTo(there.ports, place.target.url), bootGraceMs: 240_000 } };
}

describe("what a finding tells its plan", () => {
  const file = (name: string, mode: number, kind: StateFile["kind"] = "file"): StateFile => ({ name, mode, kind, modifiedMs: 0, uid: 501 });

  it("names the files and folders that are open", () => {
    const [raised] = judgeModes([file("openclaw.json", 0o644), file(".env", 0o600), file("credentials", 0o777, "directory")], 0o755);
    expect(raised?.params).toEqual({ files: "openclaw.json", folders: "credentials" });
    expect(acts("tighten-access", raised)).toContain("/.openclaw/openclaw.json");
    expect(acts("tighten-access", raised)).not.toContain("/.env");
  });

  it("names the control file that its owner cannot use, and none that belongs to somebody else", () => {
    const [shut] = judgeControlSocket([file("mac-control.sock", 0o400, "socket"), file("mac-control.token", 0o600)], 501);
    expect(shut?.params).toEqual({ socket: "shut" });
    const [foreign] = judgeControlSocket([{ ...file("mac-control.token", 0o400), uid: 0 }], 501);
    expect(foreign?.params).toEqual({});
    expect(acts("repair-control-socket", foreign)).not.toContain("mac-control");
  });

  it("names the newest program of those whose release is known", () => {
    const binaries = [
      { path: "/usr/local/bin/openclaw", version: "2026.5.5", onPath: true },
      { path: "/opt/new/bin/openclaw", version: "2026.9.6", onPath: true },
      { path: "/home/x/openclaw", onPath: true },
    ];
    const [raised] = judgeVersions({ binaries });
    expect(raised?.params).toEqual({ program: "/opt/new/bin/openclaw" });
    expect(acts("use-newer-binary", raised)).toContain('["/opt/new/bin/openclaw","gateway","install"');
    expect(
      judgeVersions({
        binaries: [{ path: "/x/openclaw", onPath: true }],
        config: "2026.9.6",
        service: { path: "/p", version: "2026.5.5" },
      })[0]?.params,
    ).toEqual({});
  });

  it("says whether the gateway runs on without the broken file", () => {
    expect(acts("restore-config", judgeUnreadable({ message: "x" }, true)[0])).not.toContain("gateway");
    expect(acts("restore-config", judgeUnreadable({ message: "x" }, false)[0])).toContain('"gateway","start"');
  });

  it("names another unit only when there is one, and of this account", () => {
    const listed = (label: string, scope: "user" | "system" = "user") => ({ label, scope, argv: ["openclaw", "gateway", "restart"] });
    const params = (...units: readonly ReturnType<typeof listed>[]) => judgeOtherUnits(units, mac.label)[0]?.params;
    expect(params(listed("org.example.dog"))).toEqual({ count: 1, label: "org.example.dog" });
    expect(params(listed("org.example.dog"), listed("org.example.cat"))).toEqual({ count: 2 });
    expect(params(listed("org.example.dog", "system"))).toEqual({ count: 1 });
    expect([onlyRestarter([listed("org.example.dog")]), onlyRestarter([listed("io.lamplighter.serve")]), onlyRestarter([])]).toEqual([
      "org.example.dog",
      undefined,
      undefined,
    ]);
    expect(onlyRestarter([{ label: "a", scope: "user", argv: ["openclaw", "gateway", "--port", "1"] }])).toBeUndefined();
  });

  it.each([
    ["nothing but another token", "OPENCLAW_GATEWAY_TOKEN=former-token-77aa55cc33ee1100\n", { dotenv: "alone" }],
    ["another token among others", "OPENCLAW_GATEWAY_TOKEN=former-token-77aa55cc33ee1100\nOTHER=1\n", {}],
  ])("says of a .env that it holds %s", async (_what, text, expected) => {
    const { gateway, there } = await located({ files: { ...macWorld(moment).files, [`${mac.stateDir}/.env`]: { text, mode: 0o600 } } });
    const check = copiesCheck(gateway);
    const [raised] = check.judge(await running(there, check.observe(there.context)), []).findings ?? [];
    expect(raised).toMatchObject({ code: "openclaw.auth.duplicate-secrets", params: expected });
    expect(acts("collapse-secrets", raised).includes("remove-file")).toBe("dotenv" in expected);
  });
});

describe("the holder of the port", () => {
  const startedMs = startMs - 60_000;
  const holder = (command: string) => ({ pid: 900, ppid: 1, user: "ada", name: "node", command, state: "sleeping" as const, startedMs });
  const root = { pid: 1, ppid: 0, user: "root", name: "launchd", command: "launchd", state: "sleeping" as const };
  const { pid: _notRunning, ...stopped } = unit({ state: "stopped", argv: ["/opt/node", "/srv/claw.js", "serve"] }) as Extract<
    World["services"][string],
    { kind: "loaded" }
  >;
  const proofOf = async (over: Partial<World>) => {
    const { gateway, there } = await located(over);
    return (await running(there, portCheck(gateway).observe(there.context))).proof;
  };
  const held = (command: string): Partial<World> => ({
    services: { [mac.label]: stopped },
    processes: [root, holder(command)],
    listeners: [{ address: "127.0.0.1", port: mac.port, pid: 900 }],
    http: {},
    websockets: {},
  });

  it("is proved a stray copy when it runs what the unit would, and nobody's of the unit", async () => {
    expect(await proofOf(held("/opt/node /srv/claw.js serve"))).toMatchObject({
      kind: "stranger",
      stray: true,
      mayEnd: true,
      process: { pid: 900, name: "node", startedMs },
    });
  });

  it("is a stranger when it runs something else, and its command line stays out of what is kept", async () => {
    const proof = await proofOf(held("/usr/bin/python3 -m http.server --token s3cret"));
    expect(proof).toMatchObject({ kind: "stranger", stray: false });
    expect(JSON.stringify(proof)).not.toContain("s3cret");
  });

  it("needs no proof when it is the gateway of this folder, nor when nobody listens", async () => {
    expect(await proofOf({})).toBeUndefined();
    expect(await proofOf({ listeners: [] })).toBeUndefined();
  });

  it("cannot be proved where no service manager can be asked", async () => {
    const services: World["services"] = { [mac.label]: { kind: "unknown", reason: "no-session", detail: "nobody is logged in" } };
    expect(await proofOf({ ...held("/opt/node /srv/claw.js serve"), services })).toMatchObject({ kind: "cannot-tell" });
  });
});

describe("where the plans act", () => {
  const placeOf = async (
    over: Partial<World>,
    settings: Readonly<Record<string, unknown>> = {},
    program: string | null = "/opt/homebrew/bin/openclaw",
  ) => {
    const { gateway, there } = await located(over);
    return remedyPlace({ gateway, settings: OpenClawSettings.parse(settings), program, checks: new Set(["live"]), context: there.context });
  };

  it("is the located installation, with its unit, its log and how long it boots", async () => {
    expect(await placeOf({})).toMatchObject({
      cli: { program: "/opt/homebrew/bin/openclaw", profile: [], envNames: [] },
      keeper: "openclaw",
      manager: "launchd",
      label: mac.label,
      uid: 501,
      log: mac.log,
      port: mac.port,
      bootGraceMs: 240_000,
    });
  });

  it("has no program to ask where there is none, and names the variables of the one there is", async () => {
    expect(await placeOf({}, {}, null)).not.toHaveProperty("cli");
    const env = { OPENCLAW_STATE_DIR: mac.stateDir };
    expect((await placeOf({ env })).cli?.envNames).toEqual(["OPENCLAW_STATE_DIR"]);
  });

  it("has no log file where the output goes nowhere or to the journal", async () => {
    expect(await placeOf({ services: { [mac.label]: unit({ stdoutPath: "/dev/null" }) } })).not.toHaveProperty("log");
    expect(await placeOf({ services: { [mac.label]: unit({ stdoutPath: "journal" }) } })).not.toHaveProperty("log");
  });

  it("knows a good copy only when it reads well and differs from what is there", async () => {
    const path = `${mac.stateDir}/openclaw.json`;
    const copy = (text: string): Partial<World> => ({ files: { ...macWorld(moment).files, [`${path}.last-good`]: { text, mode: 0o600 } } });
    const goodCopy = async (over: Partial<World>) => {
      const { context } = onMac({}, over);
      return goodCopyBeside(await loadConfig(path, () => "#", context), () => "#", context);
    };
    expect(await goodCopy({})).toBeUndefined();
    expect(await goodCopy(copy(JSON.stringify(healthyConfig())))).toBeUndefined();
    expect(await goodCopy(copy('{"gateway":{"port":1}}'))).toBeUndefined();
    expect(await goodCopy(copy(`{"gateway":{"mode":"local","auth":{"token":"${DEMO_TOKEN}"}}}`))).toBe(`${path}.last-good`);
  });
});
