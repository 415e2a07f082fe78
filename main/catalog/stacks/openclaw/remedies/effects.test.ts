import { describe, expect, it } from "vitest";
import { remedyPlaceOf } from "../../../../../tests/support/openclaw-remedy-place.ts";
import type { Effect } from "../../../../core/model/plan.ts";
import { type RemedyPlace, remediesFor } from "./index.ts";

const LABEL = "ai.openclaw.gateway";
const DIR = "/Users/ada/.openclaw";
const keptBy = (keeper: RemedyPlace["keeper"], manager: RemedyPlace["manager"] = "systemd") => remedyPlaceOf({ keeper, manager });

const effects = (place: RemedyPlace, id: string, params: Record<string, string | number> = {}): readonly Effect[] =>
  (
    remediesFor(place)
      .find((one) => one.id === id)
      ?.plan(params) ?? []
  ).map(({ effect }) => effect);

/** What acts, in one line each; what looks, waits or is for a person is left out. */
const acts = (place: RemedyPlace, id: string, params: Record<string, string | number> = {}): readonly string[] =>
  effects(place, id, params).flatMap((effect): readonly string[] => {
    switch (effect.do) {
      case "run-command":
        return effect.accepts?.includes(1) === true ? [] : [effect.argv.join(" ").replace(/^\S*\//, "")];
      case "service-unit":
        return [`${effect.action} ${effect.label}`];
      case "copy-file":
        return [`copy ${effect.from} ${effect.to}`];
      case "remove-file":
        return [`remove ${effect.path}`];
      case "set-mode":
        return [`mode ${effect.mode.toString(8)} ${effect.path}`];
      case "end-process":
        return [`end ${effect.name} ${effect.pid} ${effect.startedMs}`];
      default:
        return [];
    }
  });

describe("starting and restarting", () => {
  it("asks OpenClaw's own command where that wrote the unit, and names the unit for the gate", () => {
    const [start] = effects(keptBy("openclaw"), "start-gateway");
    expect(start).toMatchObject({ argv: ["/opt/homebrew/bin/openclaw", "gateway", "start", "--json"], restarts: LABEL });
    const [restart] = effects(keptBy("openclaw"), "restart-gateway");
    expect(restart).toMatchObject({
      argv: ["/opt/homebrew/bin/openclaw", "gateway", "restart", "--json"],
      restarts: LABEL,
      accepts: [0, 2],
    });
  });

  it("asks the service manager where somebody else wrote it", () => {
    expect(acts(keptBy("manager"), "start-gateway")).toEqual([`start ${LABEL}`]);
    expect(acts(keptBy("manager"), "restart-gateway")).toEqual([`restart ${LABEL}`]);
  });

  it("leaves a gateway that is started by hand to the person, and looks whether it came", () => {
    expect(acts(keptBy("nobody"), "start-gateway")).toEqual([]);
    expect(effects(keptBy("nobody"), "start-gateway").map((one) => one.do)).toEqual(["ask-person", "wait", "recheck"]);
  });

  it("waits until it answers, as long as a start may take", () => {
    const waits = effects(remedyPlaceOf({ bootGraceMs: 90_000 }), "start-gateway").filter((one) => one.do === "wait");
    expect(waits).toMatchObject([{ forMs: 90_000, until: "live" }]);
    expect(effects(remedyPlaceOf({ bootGraceMs: 9e9 }), "wait-for-boot")[0]).toMatchObject({ forMs: 3_600_000, until: "ready" });
  });

  it("offers the manager beside a command that may refuse, and only then", () => {
    expect(acts(keptBy("openclaw"), "start-unit")).toEqual([`start ${LABEL}`]);
    expect(effects(keptBy("manager"), "start-unit")).toEqual([]);
  });

  it("finds an installation of a profile, and gets the variables that place it by name only", () => {
    const cli = { program: "/usr/bin/openclaw", profile: ["--profile", "work"], envNames: ["OPENCLAW_STATE_DIR"] };
    expect(effects(remedyPlaceOf({ cli }), "start-gateway")[0]).toMatchObject({
      argv: ["/usr/bin/openclaw", "--profile", "work", "gateway", "start", "--json"],
      envNames: ["OPENCLAW_STATE_DIR"],
    });
  });
});

describe("the service unit", () => {
  it("is written anew in one step, because that starts the gateway as well", () => {
    expect(acts(keptBy("openclaw"), "reinstall-service")).toEqual(["openclaw gateway install --force --json"]);
    const install = effects(keptBy("openclaw"), "reinstall-service").find(
      (one) => one.do === "run-command" && one.argv.includes("install"),
    );
    expect(install).toMatchObject({ restarts: LABEL });
  });

  it("that somebody else wrote is changed by its owner and then loaded anew", () => {
    expect(acts(keptBy("manager"), "reinstall-service")).toEqual([`reload ${LABEL}`]);
    expect(effects(keptBy("manager"), "reinstall-service").some((one) => one.do === "ask-person")).toBe(true);
  });

  it("is written by the newest program of those that were found", () => {
    const program = "/Users/ada/.npm-global/bin/openclaw";
    const ran = effects(keptBy("openclaw"), "use-newer-binary", { program }).flatMap((one) => (one.do === "run-command" ? [one.argv] : []));
    expect(ran).toEqual([
      [program, "--version"],
      [program, "gateway", "install", "--force", "--json"],
    ]);
  });

  it("that starts a file which is gone is written anew, its failures forgotten; where all is there, nothing is run", () => {
    const missing = "/usr/lib/node_modules/openclaw/dist/index.js";
    expect(acts(keptBy("openclaw"), "replace-broken-unit", { missing })).toEqual([
      `reset-failed ${LABEL}`,
      "openclaw gateway install --force --json",
    ]);
    expect(effects(keptBy("manager"), "replace-broken-unit", { missing }).map((one) => one.do)).toContain("ask-person");
    expect(acts(keptBy("openclaw"), "replace-broken-unit")).toEqual([]);
  });

  it("that systemd gave up is tried again without anybody at the keyboard", () => {
    expect(effects(keptBy("openclaw"), "revive-unit").map((one) => one.do)).not.toContain("ask-person");
  });

  it("that systemd gave up gets its count cleared before the start", () => {
    expect(acts(keptBy("manager"), "revive-unit")).toEqual([`reset-failed ${LABEL}`, `start ${LABEL}`]);
    expect(acts(keptBy("openclaw", "launchd"), "revive-unit")).toEqual(["openclaw gateway start --json"]);
  });

  it("outlives the log-out through the service manager", () => {
    expect(acts(keptBy("manager"), "keep-unit-after-logout")).toEqual([`enable-linger ${LABEL}`]);
    expect(acts(keptBy("nobody"), "keep-unit-after-logout")).toEqual([]);
  });

  it("of somebody else is switched off for good, then stopped, after a person agreed", () => {
    const retired = ["systemctl --user disable -- org.example.dog", "systemctl --user stop -- org.example.dog"];
    for (const id of ["choose-gateway", "find-restarter"]) {
      expect(acts(keptBy("openclaw"), id, { label: "org.example.dog" })).toEqual(retired);
      const order = effects(keptBy("openclaw"), id, { label: "org.example.dog" }).map((one) => one.do);
      expect(order.indexOf("ask-person")).toBeLessThan(order.lastIndexOf("run-command"));
      expect(acts(keptBy("openclaw"), id)).toEqual([]);
    }
  });

  it("of our own is never put out of action, however a finding spells it", () => {
    const place = remedyPlaceOf({ manager: "systemd", label: "openclaw-gateway.service" });
    for (const id of ["choose-gateway", "find-restarter"])
      for (const label of ["openclaw-gateway.service", "openclaw-gateway"]) expect(acts(place, id, { label })).toEqual([]);
  });

  it("of somebody else goes out of launchd by name, whether or not it is there still", () => {
    const steps = effects(keptBy("openclaw", "launchd"), "choose-gateway", { label: "org.example.dog" });
    const calls = steps.flatMap((one) => (one.do === "run-command" && one.argv[0] === "/bin/launchctl" ? [one] : []));
    expect(calls.map(({ argv }) => argv.slice(1))).toEqual([
      ["disable", "gui/501/org.example.dog"],
      ["bootout", "gui/501/org.example.dog"],
    ]);
    expect(calls[1]?.accepts).toEqual([0, 3, 36, 113]);
  });

  it("is left in peace after its restarter is gone, and looked at only then", () => {
    const order = effects(keptBy("openclaw"), "find-restarter", { label: "dog.timer" }).map((one) => one.do);
    expect(order.slice(-3)).toEqual(["wait", "wait", "recheck"]);
  });
});

describe("files", () => {
  const restored = (params: Record<string, string>, place = keptBy("openclaw")) => acts(place, "restore-config", params);

  it("brings the good copy back, checks it, and starts a gateway that is down", () => {
    expect(restored({ gateway: "down" })).toEqual([
      `copy ${DIR}/openclaw.json.last-good ${DIR}/openclaw.json`,
      "openclaw config validate --json",
      `reset-failed ${LABEL}`,
      "openclaw gateway start --json",
    ]);
  });

  it("interrupts nothing while the gateway runs, because it takes the file over by itself", () => {
    expect(restored({ gateway: "runs", copy: "openclaw.json.bak.2" })).toEqual([
      `copy ${DIR}/openclaw.json.bak.2 ${DIR}/openclaw.json`,
      "openclaw config validate --json",
    ]);
  });

  it("leaves the choice to the person where no copy is known to be good", () => {
    const { goodCopy: _none, ...place } = keptBy("openclaw");
    expect(restored({ gateway: "runs" }, place)).toEqual(["openclaw config validate --json"]);
    expect(effects(place, "restore-config")[0]?.do).toBe("ask-person");
  });

  it("takes a .env away only when it holds nothing else", () => {
    expect(acts(keptBy("manager"), "collapse-secrets", { dotenv: "alone" })).toEqual([`remove ${DIR}/.env`]);
    expect(acts(keptBy("manager"), "collapse-secrets", { dotenv: "mixed" })).toEqual([]);
    expect(acts(keptBy("openclaw"), "collapse-secrets", { unit: "holds" })).toEqual(["openclaw gateway install --force --json"]);
  });

  it("makes private what is named, and asks about the network only when that is open", () => {
    expect(acts(keptBy("openclaw"), "tighten-access", { files: ".env,../x,openclaw.json", folders: "credentials" })).toEqual([
      `chmod 700 ${DIR}`,
      `mode 600 ${DIR}/.env`,
      `mode 600 ${DIR}/openclaw.json`,
      `chmod 700 ${DIR}/credentials`,
    ]);
    const asksIn = (params: Record<string, string>) =>
      effects(keptBy("openclaw"), "tighten-access", params).filter((one) => one.do === "ask-person").length;
    expect([asksIn({ files: ".env" }), asksIn({ files: ".env", reach: "open" }), asksIn({})]).toEqual([0, 1, 1]);
  });

  it("gives the control files back to their owner as far as they are shut", () => {
    expect(acts(keptBy("manager"), "repair-control-socket", { token: "shut", socket: "shut" })).toEqual([
      `mode 600 ${DIR}/mac-control.token`,
      `chmod 600 ${DIR}/mac-control.sock`,
      `restart ${LABEL}`,
    ]);
    expect(acts(keptBy("manager"), "repair-control-socket")).toEqual([`restart ${LABEL}`]);
  });

  it("never prints two configurations beside each other, for both hold secrets", () => {
    const file = "openclaw.json.clobbered.2026-11-20T18-22-23-376Z";
    const steps = effects(keptBy("openclaw"), "review-restored-config", { file });
    expect(steps.some((one) => one.do === "run-command" && one.argv[0] === "diff")).toBe(false);
    expect(JSON.stringify(steps)).toContain(`diff -u ${DIR}/openclaw.json ${DIR}/${file}`);
  });
});

describe("the port", () => {
  const holder = { pid: 900, process: "python3", startedMs: 1_795_000_000_000, port: 18_789 };

  it("is freed by us only of a proven copy of the gateway", () => {
    expect(acts(keptBy("manager"), "free-port", { ...holder, stray: "yes" })).toEqual(["end python3 900 1795000000000", `start ${LABEL}`]);
  });

  it("is freed by the person of a stranger, who is named", () => {
    const steps = effects(keptBy("manager"), "free-port", holder);
    expect(steps.some((one) => one.do === "end-process")).toBe(false);
    expect(JSON.stringify(steps)).toContain("Stop python3 (process 900) its own way");
  });

  it.each([{ pid: 1 }, { pid: "900x" }, { startedMs: 0 }, { process: " " }])("is left alone when the proof lacks %j", (wrong) => {
    expect(effects(keptBy("manager"), "free-port", { ...holder, stray: "yes", ...wrong }).some((one) => one.do === "end-process")).toBe(
      false,
    );
  });
});

describe("looking", () => {
  it("interrupts no gateway because some client tries an old token", () => {
    expect(acts(keptBy("openclaw"), "align-token")).toEqual([]);
    expect(effects(keptBy("openclaw"), "align-token").map((one) => one.do)).toEqual(["run-command", "ask-person", "ask-person", "recheck"]);
  });

  it("keeps the last lines of the unit before a restart, wherever they go", () => {
    const first = (place: RemedyPlace) => effects(place, "capture-and-restart")[0];
    expect(first(keptBy("manager", "systemd"))).toMatchObject({ argv: ["journalctl", "--user", "-u", LABEL, "-n", "100", "--no-pager"] });
    expect(first(keptBy("openclaw", "launchd"))).toMatchObject({ argv: ["tail", "-n", "100", expect.stringMatching(/gateway\.log$/)] });
  });

  it("shows no command line of a process, which may hold secrets", () => {
    const ps = effects(keptBy("openclaw"), "capture-and-restart", { pid: 4_711 })[0];
    expect(ps?.do === "run-command" ? ps.argv.join(" ") : "").not.toMatch(/args|command=/);
  });

  it("goes on whatever the answer is, for that is what was asked", () => {
    for (const effect of effects(keptBy("openclaw"), "cross-validate"))
      if (effect.do === "run-command") expect(effect.accepts).toEqual(expect.arrayContaining([0, 1, 2]));
  });

  it("climbs the ladder in one go, whose answer is kept with the repair", () => {
    expect(effects(keptBy("openclaw"), "compare-layers").flatMap((one) => (one.do === "recheck" ? [one.check] : []))).toEqual([
      "ladder",
      "live",
    ]);
  });
});
