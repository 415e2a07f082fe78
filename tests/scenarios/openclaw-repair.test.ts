import { describe, expect, it } from "vitest";
import { DEMO_TOKEN } from "../../main/catalog/stacks/openclaw/demos/mac-unit.ts";
import { objectionTo } from "../../main/core/engine/effect-guard.ts";
import { compareFindings } from "../../main/core/engine/monotone.ts";
import type { PlannedEffect } from "../../main/core/model/plan.ts";
import type { World } from "../../main/core/model/world.ts";
import { type Fault, faults } from "../support/openclaw-faults.ts";
import { lookWith } from "../support/openclaw-faults-look.ts";
import { changeUnit, type Draft, type Platform, part, takeDown, withFile } from "../support/openclaw-faults-world.ts";
import { repairIn, worldOf } from "../support/openclaw-repair.ts";

const platformsOf = ({ platform }: Fault): readonly Platform[] => (platform === undefined ? ["macos", "linux"] : [platform]);
const cases = faults.flatMap((fault) => platformsOf(fault).map((platform) => ({ ...fault, platform, fault })));

/** What a step does to the machine; undefined for what looks, waits, or is for a person. */
function act({ effect }: PlannedEffect): string | undefined {
  switch (effect.do) {
    case "run-command": {
      const words = effect.argv.join(" ").replace(/^\S*\//, "");
      return effect.accepts?.includes(1) === true || /--version$|config validate/.test(words)
        ? undefined
        : words.replaceAll(/\/\S*\//g, "");
    }
    case "service-unit":
      return effect.action;
    case "copy-file":
    case "write-file":
    case "remove-file":
    case "set-mode":
    case "end-process":
      return effect.do;
    default:
      return undefined;
  }
}

/** What the plans of a row's first finding do, for rows that a machine can mend. */
const mends: Readonly<Record<string, readonly string[]>> = {
  O2: ["openclaw gateway install --force --json"],
  O16: ["openclaw gateway start --json", "start"],
  O17: ["openclaw gateway install --force --json"],
  O18: ["openclaw gateway start --json"],
  O24: ["openclaw gateway restart --json"],
  O26: ["openclaw secrets reload --json"],
  O35: ["openclaw gateway install --force --json"],
  O39: ["openclaw gateway install --force --json"],
  O40: ["openclaw gateway restart --json"],
  O43: ["openclaw gateway restart --json"],
};

describe("the plans of every row", () => {
  it.each(cases)("$row on $platform: $title", async ({ fault, platform }) => {
    const { plans } = await lookWith([fault], platform);
    for (const plan of plans) {
      for (const { effect } of plan.effects)
        expect([plan.remedy, effect.do, objectionTo(effect)]).toEqual([plan.remedy, effect.do, undefined]);
      // What only looks or asks must not be offered as something that we do, and nothing that acts may pretend to be harmless.
      if (plan.runnable === false) expect(plan.effects.map(act).filter(Boolean), plan.remedy).toEqual([]);
      if (plan.risk === "safe")
        expect(
          plan.effects.filter(({ risk }) => risk !== "safe"),
          plan.remedy,
        ).toEqual([]);
      expect(
        plan.effects.map(({ effect }) => effect.do),
        plan.remedy,
      ).toContain("recheck");
      for (const text of [plan.interrupts, plan.undo, plan.verify]) expect(text, plan.remedy).not.toMatch(/undefined|\{\w/);
    }
  });

  it.each(Object.entries(mends))("%s has what a machine can do about it", async (row, expected) => {
    const fault = faults.find((one) => one.row === row);
    expect(fault).toBeDefined();
    const { plans } = await lookWith(fault === undefined ? [] : [fault], "macos");
    const done = plans.flatMap(({ effects }) => effects.flatMap((planned) => act(planned) ?? []));
    expect(done).toEqual(expect.arrayContaining([...expected]));
  });
});

const invented = (apply: Fault["apply"]): Fault => ({ row: "", title: "", code: "", light: "red", evidence: /./, step: /./, apply });

describe("somebody else in the way", () => {
  const command = "/opt/node /srv/claw.js serve";
  const portTaken = (draft: Draft, by: string): void => {
    takeDown(draft);
    changeUnit(draft, { state: "stopped", rawState: "not running", argv: command.split(" "), environmentNames: [] });
    const unit = draft.world.services[draft.label];
    if (unit?.kind === "loaded") {
      const { pid: _ended, ...rest } = unit;
      draft.world.services = { ...draft.world.services, [draft.label]: rest };
    }
    const holder = {
      pid: 900,
      ppid: 1,
      user: "ada",
      name: "node",
      command: by,
      state: "sleeping" as const,
      startedMs: draft.moment.startedMs,
    };
    draft.world.processes = [...draft.world.processes, holder];
    draft.world.listeners = [...draft.world.listeners, { address: "127.0.0.1", port: draft.port, pid: 900 }];
    draft.socket = { rejectedWith: 404, body: "Not Found" };
  };
  const freeing = async (by: string) => {
    const { roots, plans } = await lookWith([invented((draft) => portTaken(draft, by))], "linux");
    expect(roots[0]?.code).toBe("openclaw.port.conflict");
    return { roots, effects: plans.find(({ remedy }) => remedy === "free-port")?.effects ?? [] };
  };

  it("is ended by us only as a proven copy of the gateway, which the evidence says", async () => {
    const { effects, roots } = await freeing(command);
    expect(effects[0]?.effect).toMatchObject({ do: "end-process", pid: 900, name: "node" });
    expect(roots[0]?.evidence.map(({ text }) => text).join("\n")).toMatch(/It is a stray copy/);
  });

  it("is left to its owner otherwise, and named", async () => {
    const { effects } = await freeing("/opt/node /srv/other.js");
    expect(effects.map(({ effect }) => effect.do)).not.toContain("end-process");
    expect(effects[0]?.preview).toMatch(/^Stop node \(process 900\) its own way/);
  });

  it("that restarts the gateway all the time is switched off by its name", async () => {
    const storm = invented((draft) => {
      const dog = { label: "claw-dog.service", scope: "user" as const, argv: ["/usr/bin/openclaw", "gateway", "restart"] };
      draft.world.listings = [dog];
      const path = `${draft.stateDir}/logs/gateway-restart.log`;
      const line = (agoMs: number) =>
        `[${new Date(draft.moment.nowMs - agoMs).toISOString()}] openclaw gateway lifecycle source=cli action=restart mode=kickstart pid=1 interactive=0\n`;
      withFile(draft, path, { text: [500_000, 300_000, 100_000].map(line).join(""), mode: 0o600 });
    });
    const { roots, plans } = await lookWith([storm], "linux");
    expect(roots.map(({ code }) => code)).toContain("openclaw.gateway.restart-storm");
    const finding = plans.find(({ remedy }) => remedy === "find-restarter");
    expect(finding?.effects.flatMap((planned) => act(planned) ?? [])).toEqual([
      "systemctl --user disable -- claw-dog.service",
      "systemctl --user stop -- claw-dog.service",
    ]);
  });
});

/** A unit that somebody wrote by hand, so that its manager is what repairs ask. */
const byHand = (draft: Draft): void => changeUnit(draft, { environmentNames: [] });
const down = (draft: Draft): void => {
  byHand(draft);
  takeDown(draft);
  changeUnit(draft, { state: "stopped", rawState: "not running", keepAlive: "never", lastEnd: { signal: "SIGKILL" } });
  const unit = draft.world.services[draft.label];
  if (unit?.kind === "loaded") {
    const { pid: _ended, ...rest } = unit;
    draft.world.services = { ...draft.world.services, [draft.label]: rest };
  }
};
/** Programs that a plan runs and that answer well here. */
const willing = (draft: Draft, ...argvs: readonly (readonly string[])[]): void => {
  draft.world.commands = [...argvs.map((argv) => ({ argv })), ...draft.world.commands];
};
const validates = (draft: Draft): void =>
  willing(draft, ...["/opt/homebrew/bin", "/usr/bin"].map((dir) => [`${dir}/openclaw`, "config", "validate"]));

/** Everything but the files, which a repair may have changed. */
const started = (platform: Platform): Partial<World> => {
  const { http, listeners, processes, services, websockets } = worldOf(platform, byHand);
  return { http, listeners, processes, services, websockets };
};
const labels = { macos: "ai.openclaw.gateway", linux: "openclaw-gateway.service" } as const;
const former = "former-token-77aa55cc33ee1100";

type Case = {
  readonly row: string;
  readonly title: string;
  readonly code: string;
  readonly remedy: string;
  readonly platforms: readonly Platform[];
  readonly apply: (draft: Draft) => void;
  readonly undo: "available" | "not-needed";
  readonly healed?: (platform: Platform) => Partial<World>;
};

const repairs: readonly Case[] = [
  {
    row: "O16",
    title: "a gateway that was killed is started",
    code: "openclaw.gateway.not-running",
    remedy: "start-gateway",
    platforms: ["macos", "linux"],
    apply: down,
    undo: "not-needed",
    healed: started,
  },
  {
    row: "O20",
    title: "a configuration that was cut short comes back, and the gateway starts",
    code: "openclaw.config.invalid",
    remedy: "restore-config",
    platforms: ["macos", "linux"],
    apply: (draft) => {
      down(draft);
      withFile(draft, `${draft.stateDir}/openclaw.json.last-good`, { text: JSON.stringify(draft.config, null, 2), mode: 0o600 });
      draft.configEndsAt = 310;
      validates(draft);
    },
    undo: "available",
    healed: started,
  },
  {
    row: "O20",
    title: "a broken edit is taken back while the gateway runs on",
    code: "openclaw.config.invalid",
    remedy: "restore-config",
    platforms: ["macos"],
    apply: (draft) => {
      withFile(draft, `${draft.stateDir}/openclaw.json.last-good`, { text: JSON.stringify(draft.config, null, 2), mode: 0o600 });
      draft.configEndsAt = 310;
      validates(draft);
    },
    undo: "available",
  },
  {
    row: "O37",
    title: "a .env that holds nothing but another token goes",
    code: "openclaw.auth.duplicate-secrets",
    remedy: "collapse-secrets",
    platforms: ["macos", "linux"],
    apply: (draft) => withFile(draft, `${draft.stateDir}/.env`, { text: `OPENCLAW_GATEWAY_TOKEN=${former}\n`, mode: 0o600 }),
    undo: "available",
  },
  {
    row: "O45",
    title: "files that everybody can read are closed",
    code: "openclaw.security.exposed",
    remedy: "tighten-access",
    platforms: ["macos", "linux"],
    apply: (draft) => {
      withFile(draft, `${draft.stateDir}/openclaw.json`, { text: "", mode: 0o644 });
      willing(draft, ["chmod"]);
    },
    undo: "available",
  },
  {
    row: "O48",
    title: "units outlive the last log-out",
    code: "openclaw.service.will-not-survive",
    remedy: "keep-unit-after-logout",
    platforms: ["linux"],
    apply: (draft) => {
      draft.world.linger = "off";
    },
    undo: "not-needed",
  },
  {
    row: "O48",
    title: "a unit that systemd gave up is started once more",
    code: "openclaw.service.gave-up",
    remedy: "revive-unit",
    platforms: ["linux"],
    apply: (draft) => {
      down(draft);
      changeUnit(draft, { state: "failed", rawState: "failed/failed", gaveUp: true, lastEnd: { exitCode: 1 } });
      willing(draft, ["journalctl"]);
    },
    undo: "not-needed",
    healed: started,
  },
  {
    row: "O17",
    title: "a unit for another port is taken up anew once its owner corrected it",
    code: "openclaw.service.config-mismatch",
    remedy: "reinstall-service",
    platforms: ["macos", "linux"],
    apply: (draft) => {
      const unit = draft.world.services[draft.label];
      const argv = unit?.kind === "loaded" ? (unit.argv ?? []) : [];
      changeUnit(draft, { argv: [...argv.slice(0, -1), "18790"], environmentNames: [] });
    },
    undo: "not-needed",
    healed: started,
  },
];

describe("repairs of invented gateways, from the finding to the proof", () => {
  const all = repairs.flatMap((one) => one.platforms.map((platform) => ({ ...one, platform })));

  it.each(all)("$row on $platform: $title", async ({ apply, code, healed, platform, remedy, undo }) => {
    const seen = await repairIn(worldOf(platform, apply), labels[platform], healed?.(platform) ?? {}, code, remedy);
    const { after, before, plan, run, told } = seen;
    expect(before.findings.map((one) => one.code)).toContain(code);
    expect(plan.runnable).toBe(true);
    const words = [run.sentence, ...run.steps.map((step) => `${step.state} ${step.preview}: ${step.detail}`)].join("\n");
    expect([run.outcome, run.undo], words).toEqual(["verified", undo]);
    expect(run.verifiedBy.length).toBeGreaterThan(0);
    expect([after.light, after.findings.filter(({ light }) => light !== "green").map((one) => one.code)], words).toEqual(["green", []]);
    expect(compareFindings(before.findings, after.findings).trend).toBe("better");
    expect(told).not.toContain(DEMO_TOKEN);
    expect(told).not.toContain(former);
  });

  it("archives what the layers said and stops at the one that does not fit", async () => {
    const world = worldOf("macos", (draft) => {
      for (const method of ["channels.status", "models.authStatus"])
        draft.failing[method] = { code: "UNAVAILABLE", message: "state database is busy" };
      part(draft.config, "gateway");
    });
    const answers = world.commands.map((one) =>
      one.argv.join(" ").includes("gateway status")
        ? { ...one, stdout: JSON.stringify({ rpc: { ok: false, error: `no ${DEMO_TOKEN}` } }) }
        : one,
    );
    const { run, told } = await repairIn(
      { ...world, commands: answers },
      labels.macos,
      {},
      "openclaw.gateway.follow-up-failed",
      "compare-layers",
    );
    const ladder = run.steps.find(({ kind }) => kind === "recheck");
    expect(ladder).toMatchObject({ state: "failed", detail: expect.stringMatching(/First disagreement at openclaw gateway status/) });
    expect(ladder?.output).toMatch(/^service unit: yes .*\n/);
    expect(ladder?.output).toMatch(/openclaw status: yes .*\n {2}\{/);
    expect(ladder?.output).not.toMatch(/doctor|channels/);
    expect(run.steps.at(-1)?.state).not.toBe("done");
    expect(told).not.toContain(DEMO_TOKEN);
  });
});
