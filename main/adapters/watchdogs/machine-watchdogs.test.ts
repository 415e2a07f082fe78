import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { emptyWorld } from "../../../tests/support/empty-world.ts";
import type { ForeignWatchdog } from "../../core/model/plan.ts";
import type { ServiceListing, ServiceManager } from "../../core/ports/service-manager.ts";
import { scriptedCommandRunner } from "../command-runner/scripted.ts";
import { nodeFiles } from "../files/node-files.ts";
import { ownEnvironment } from "../machine/environment.ts";
import { systemdServiceManager } from "../service-manager/systemd.ts";
import { machineWatchdogs } from "./machine-watchdogs.ts";
import { watchdogsSuite } from "./suite.ts";

const target = { labels: ["ai.lamp.gateway", "lamp-gateway.service"], ports: [18_789], words: ["lampctl"] };
const secret = "canary-5d1c-not-to-be-shown";

/** Definitions for launchd as its adapter would list them, or a real systemd folder read by its adapter. */
type Machine = {
  readonly files?: Readonly<Record<string, string>>;
  readonly crontab?: string;
  readonly jobs?: readonly (Partial<ServiceListing> & { readonly argv: readonly string[] })[];
};

function machine({ files = {}, crontab, jobs }: Machine) {
  const home = mkdtempSync(join(tmpdir(), "lamplighter-watchdogs-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text.replaceAll("HOME_FOLDER", home));
  }
  const environment = { ...ownEnvironment(), home, variable: () => undefined };
  const commands = scriptedCommandRunner(() => ({
    ...emptyWorld,
    commands: crontab === undefined ? [] : [{ argv: ["crontab", "-l"], stdout: crontab.replaceAll("HOME_FOLDER", home) }],
  }));
  const listings = (jobs ?? []).map((job, at) => ({
    label: `org.example.job${at}`,
    scope: "user" as const,
    ...job,
    argv: job.argv.map((word) => word.replaceAll("HOME_FOLDER", home)),
  }));
  const launchd: ServiceManager = {
    kind: "launchd",
    read: async () => ({ kind: "not-installed" }),
    find: async (matches) => listings.filter(({ label }) => label.search(matches) >= 0),
    environmentValue: async () => null,
    linger: async () => "not-applicable",
  };
  const folders = [{ path: join(home, "units"), scope: "user" as const }];
  const services = jobs ? launchd : systemdServiceManager({ commands, environment, files: nodeFiles, folders });
  const etc = (name: string) => join(home, "etc", name);
  const watchdogs = machineWatchdogs({
    commands,
    environment,
    files: nodeFiles,
    services,
    cron: { tables: [etc("crontab")], folders: [etc("cron.d")], scripts: [etc("cron.hourly")] },
    healers: {
      monit: { files: [etc("monitrc")], folders: [] },
      supervisor: { files: [], folders: [etc("supervisor")] },
    },
  });
  return { home, watchdogs, remove: () => rmSync(home, { recursive: true, force: true }) };
}

async function found(given: Machine): Promise<readonly ForeignWatchdog[]> {
  const { watchdogs, remove } = machine(given);
  onTestFinished(remove);
  return watchdogs.find(target);
}
const names = async (given: Machine) => (await found(given)).map(({ kind, name }) => `${kind} ${name}`);

describe("with real files", () => {
  watchdogsSuite("the watchdogs of this machine", () => {
    const { watchdogs } = machine({
      files: {
        "bin/watch.sh": `#!/bin/bash\nexport TOKEN=${secret}\nUNIT=lamp-gateway\ncurl -H "Authorization: Bearer ${secret}" localhost:18789 || systemctl --user restart "$UNIT"\n`,
        "bin/backup.sh": "tar cz ~/.lampctl\n# systemctl --user restart lamp-gateway\n",
      },
      crontab: "*/5 * * * * HOME_FOLDER/bin/watch.sh\n0 3 * * * HOME_FOLDER/bin/backup.sh\n",
    });
    return { watchdogs, target, restarter: "crontab line 1", secret };
  });
});

describe("launchd jobs", () => {
  it("are found by what their arguments do", async () => {
    const argv = ["/bin/sh", "-c", "launchctl kickstart -k gui/501/ai.lamp.gateway"];
    expect(await found({ jobs: [{ label: "org.example.watch", definitionPath: "/L/watch.plist", argv }] })).toEqual([
      { kind: "launchd-job", name: "org.example.watch", path: "/L/watch.plist", evidence: argv.join(" ") },
    ]);
  });

  it("are found by the scripts they run, and by scripts those call", async () => {
    const files = {
      "bin/watch.sh": 'while true; do "$HOME/bin/heal.sh"; sleep 300; done\n',
      "bin/heal.sh": "nc -z localhost 18789 || lampctl gateway restart\n",
    };
    const [one] = await found({ files, jobs: [{ argv: ["/bin/bash", "HOME_FOLDER/bin/watch.sh"] }] });
    expect(one).toMatchObject({ kind: "launchd-job", evidence: expect.stringContaining("heal.sh: ") });
    expect(one?.evidence).toContain("lampctl gateway restart");
  });

  it("are no watchdogs for being the target's own, ours, or for running a package", async () => {
    const restart = ["/bin/sh", "-c", "launchctl kickstart -k gui/501/ai.lamp.gateway"];
    const files = {
      "lib/node_modules/lamp/dist/index.js": "run('launchctl kickstart gui/501/ai.lamp.gateway')\n",
      "bin/lampctl": "launchctl kickstart ai.lamp.gateway\n",
    };
    const jobs = [
      { label: "ai.lamp.gateway", argv: restart },
      { label: "dev.lamplighter.serve", argv: restart },
      { label: "ai.lamp.node", argv: ["node", "HOME_FOLDER/lib/node_modules/lamp/dist/index.js", "node", "run"] },
      { label: "ai.lamp.other", argv: ["HOME_FOLDER/bin/lampctl", "node", "run"] },
    ];
    expect(await names({ files, jobs })).toEqual([]);
  });

  it("are named when they keep a second one running on the same port", async () => {
    expect(
      await names({ jobs: [{ argv: ["lampctl", "gateway", "--port", "18789"] }, { argv: ["lampctl", "gateway", "--port", "19001"] }] }),
    ).toEqual(["launchd-job org.example.job0"]);
  });
});

describe("systemd units", () => {
  const restart = "[Service]\nEnvironment=TOKEN=x\nExecStart=/bin/sh -c 'systemctl --user restart lamp-gateway.service'\n";
  it("are found, and told from those that a timer starts", async () => {
    const files = {
      "units/always.service": restart,
      "units/timed.service": restart,
      "units/timed.timer": "[Timer]\nOnCalendar=*:0/5\n",
      "units/other.service": restart,
      "units/every.timer": "[Timer]\nOnCalendar=hourly\nUnit=other.service\n",
      "units/lamp-gateway.service": "[Service]\nExecStart=lampctl gateway --port 18789\nExecStop=lampctl gateway stop\n",
      "units/reads.service": "[Service]\nExecStart=/bin/sh -c 'systemctl --user status lamp-gateway.service'\n",
    };
    expect((await names({ files })).sort()).toEqual([
      "systemd-timer other.service",
      "systemd-timer timed.service",
      "systemd-unit always.service",
    ]);
  });

  it("are found by commands that run before, after and on stopping", async () => {
    const files = {
      "units/after.service": "[Service]\nExecStart=/bin/true\nExecStopPost=-/bin/systemctl --user \\\n  restart lamp-gateway\n",
    };
    expect(await names({ files })).toEqual(["systemd-unit after.service"]);
  });

  it("are found by the scripts they run", async () => {
    const files = {
      "units/w.service": "[Service]\nExecStart=%h/bin/w.py\n",
      "bin/w.py": 'UNIT = "lamp-gateway.service"\nsubprocess.run(["systemctl", "--user", "restart", UNIT])\n',
    };
    expect(await names({ files })).toEqual(["systemd-unit w.service"]);
  });
});

describe("cron", () => {
  it("is read from the account's table, the machine's tables and its hourly scripts", async () => {
    const files = {
      "etc/crontab": "17 * * * * root systemctl restart lamp-gateway\n",
      "etc/cron.d/lamp": "# x\n*/2 * * * * sam lampctl gateway restart\n",
      "etc/cron.hourly/lamp": "#!/bin/sh\npkill -f lampctl\n",
    };
    const all = await found({ files, crontab: "UNIT=lamp-gateway\n* * * * * systemctl --user restart $UNIT\n" });
    expect(all.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "cron-line crontab line 2",
      "cron-line crontab line 1",
      "cron-line lamp line 2",
      "script cron.hourly/lamp",
    ]);
    expect(all[1]?.path).toMatch(/etc\/crontab$/);
    expect(all[0]).not.toHaveProperty("path");
  });

  it("is no matter where the account has none", async () => {
    expect(await found({})).toEqual([]);
  });
});

describe("pm2", () => {
  const dump = (...apps: readonly unknown[]) => ({ ".pm2/dump.pm2": JSON.stringify(apps) });
  it("restarts what it keeps running: the target itself, or a script that restarts it", async () => {
    const files = {
      ...dump(
        { name: "gateway", pm_exec_path: "/usr/bin/lampctl", args: ["gateway"], env: { TOKEN: secret } },
        { name: "healer", pm_exec_path: "HOME_FOLDER/heal.js", args: "" },
        { name: "web", pm_exec_path: "/srv/web.js" },
        "nonsense",
      ),
      "heal.js": "if (!(await alive(18789))) execSync('lampctl gateway restart');\n",
    };
    const all = await found({ files });
    expect(all.map(({ kind, name }) => `${kind} ${name}`)).toEqual(["pm2 gateway", "pm2 healer"]);
    expect(JSON.stringify(all)).not.toContain(secret);
  });

  it("is passed over when its list cannot be read", async () => {
    for (const text of ["", "{", "{}", "null", "[[]]", "[1]"]) expect(await found({ files: { ".pm2/dump.pm2": text } })).toEqual([]);
  });
});

describe("healers", () => {
  it("are named with the block that restarts the target", async () => {
    const files = {
      "etc/monitrc":
        'set daemon 30\ncheck process gateway matching "lampctl"\n  start program = "/bin/true"\n  if failed port 18789 for 2 cycles then restart\ncheck process nginx with pidfile /run/nginx.pid\n  if failed port 80 then restart\n',
      "etc/supervisor/a.conf": "[program:lamp]\ncommand=lampctl gateway\nenvironment=TOKEN=x\n[program:web]\ncommand=/srv/web\n",
    };
    expect(await names({ files })).toEqual(["script monit gateway", "script supervisor lamp"]);
  });
});

describe("hostile definitions", () => {
  it("are read and never run, whatever they hold", async () => {
    const { home, watchdogs, remove } = machine({
      files: {
        "units/a.service": "[Service]\nExecStart=/bin/sh -c 'touch HOME_FOLDER/ran; $(touch HOME_FOLDER/ran); lampctl gateway restart'\n",
        "units/$(touch x).service": "[Service]\nExecStart=lampctl gateway restart\n",
        "etc/cron.d/x": `* * * * * sam ${"a".repeat(100_000)}\n`,
        "etc/cron.hourly/big": `lampctl gateway restart\n${"x".repeat(400_000)}`,
        "etc/cron.hourly/binary": "\u0000\u0001\u0002lampctl gateway restart",
      },
      crontab: `* * * * * touch HOME_FOLDER/ran; echo "\u001B[2J" | lampctl gateway restart\n`,
    });
    onTestFinished(remove);
    symlinkSync("/dev/zero", join(home, "etc/cron.hourly/zero"));
    symlinkSync(join(home, "etc/cron.hourly/loop"), join(home, "etc/cron.hourly/loop"));
    const all = await watchdogs.find(target);
    expect(all.map(({ kind }) => kind).sort()).toEqual(["cron-line", "systemd-unit", "systemd-unit"]);
    expect(all.filter(({ evidence }) => /\p{Cc}/u.test(evidence) || evidence.length > 160)).toEqual([]);
    expect(await nodeFiles.facts(join(home, "ran"))).toBeNull();
  });

  it("do not hide a restarter behind many others", async () => {
    const many = Array.from({ length: 400 }, (_, at) => [`units/u${at}.service`, `[Service]\nExecStart=/nowhere/${at}.sh\n`]);
    const files = {
      ...Object.fromEntries(many),
      "units/z.service": "[Service]\nExecStart=%h/heal.sh\n",
      "heal.sh": "lampctl gateway restart\n",
    };
    expect(await names({ files, crontab: "* * * * * HOME_FOLDER/heal.sh\n" })).toEqual([
      "systemd-unit z.service",
      "cron-line crontab line 1",
    ]);
  });

  it("do not go round in scripts that call each other", async () => {
    const files = {
      "a.sh": "HOME_FOLDER/b.sh\n",
      "b.sh": "HOME_FOLDER/a.sh\nHOME_FOLDER/c.sh\n",
      "c.sh": "HOME_FOLDER/d.sh\n",
      "d.sh": "lampctl gateway restart\n",
    };
    // The fourth script in a row is further than we follow.
    expect(await names({ files, crontab: "* * * * * HOME_FOLDER/a.sh\n" })).toEqual([]);
    expect(await names({ files, crontab: "* * * * * HOME_FOLDER/c.sh\n" })).toEqual(["cron-line crontab line 1"]);
  });

  it("are left when the caller no longer waits", async () => {
    const { watchdogs, remove } = machine({ crontab: "* * * * * /opt/x.sh\n" });
    onTestFinished(remove);
    expect(await watchdogs.find(target, { signal: AbortSignal.abort() })).toEqual([]);
  });
});
