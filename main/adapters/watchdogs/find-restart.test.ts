import { describe, expect, it } from "vitest";
import { codeLines, findRestart } from "./find-restart.ts";
import { targetNames } from "./target-names.ts";

const names = targetNames({ labels: ["ai.lamp.gateway", "lamp-gateway.service"], ports: [18_789], words: ["lampctl"] });

describe("what restarts the target", () => {
  it.each([
    ["launchctl kickstart -k gui/501/ai.lamp.gateway"],
    ["/bin/launchctl kickstart -kp gui/$(id -u)/ai.lamp.gateway >/dev/null 2>&1"],
    ["launchctl bootout gui/501 ~/Library/LaunchAgents/ai.lamp.gateway.plist"],
    ["launchctl bootout gui/501/ai.lamp.gateway; launchctl bootstrap gui/501 /Users/sam/Library/LaunchAgents/ai.lamp.gateway.plist"],
    ["systemctl --user restart lamp-gateway"],
    ["XDG_RUNTIME_DIR=/run/user/1000 systemctl --user --no-block try-restart lamp-gateway.service"],
    ["curl -fsS -m 5 http://127.0.0.1:18789/health || systemctl --user start lamp-gateway.service"],
    ["systemctl --user try-reload-or-restart lamp-gateway"],
    ["launchctl asuser 501 launchctl kickstart -k gui/501/ai.lamp.gateway"],
    ["lampctl gateway restart"],
    ["/usr/local/bin/lampctl --profile dev gateway --quiet start"],
    ["pkill -f lampctl"],
    ["kill -9 $(lsof -ti :18789)"],
    ["lsof -ti tcp:18789 | xargs kill -9"],
    ["fuser -k 18789/tcp"],
    ["pm2 restart lampctl"],
    ["docker restart lampctl"],
    ["docker compose -f /srv/lampctl/compose.yaml restart"],
    ['subprocess.run(["launchctl", "kickstart", "-k", "gui/501/ai.lamp.gateway"], check=True)'],
    ["execFileSync('systemctl', ['--user', 'restart', 'lamp-gateway.service'])"],
    ["if failed port 18789 then restart"],
    ["sudo service lamp-gateway restart"],
  ])("is seen in %s", (line) => {
    expect(findRestart(line, names)).toBe(line);
  });

  it("is seen through variables", () => {
    for (const [script, line] of [
      ["LABEL=ai.lamp.gateway\nlaunchctl kickstart -k gui/$UID/$LABEL", "launchctl kickstart -k gui/$UID/$LABEL"],
      [`readonly UNIT="lamp-gateway.service"\nsystemctl --user restart "$\{UNIT}"`, `systemctl --user restart "$\{UNIT}"`],
      ["PORT=18789\nP=$(lsof -ti :$PORT)\nkill $P", "kill $P"],
      ["pid=`pgrep -f lampctl`\nkill -TERM $pid", "kill -TERM $pid"],
      ["for each in ai.lamp.gateway ai.lamp.node; do\n  launchctl kickstart gui/501/$each\ndone", "launchctl kickstart gui/501/$each"],
      [
        'LABEL = "ai.lamp.gateway"\nTARGET = f"gui/{uid}/{LABEL}"\nrun(["launchctl", "kickstart", TARGET])',
        'run(["launchctl", "kickstart", TARGET])',
      ],
      [
        `LABELS=(ai.lamp.gateway ai.lamp.node)\nfor l in "$\{LABELS[@]}"; do\nlaunchctl kickstart gui/501/$l\ndone`,
        "launchctl kickstart gui/501/$l",
      ],
      ['restart() {\n systemctl --user restart "$1"\n}\nrestart lamp-gateway', 'systemctl --user restart "$1"'],
      ["launchctl kickstart \\\n  -k gui/501/ai.lamp.gateway", "launchctl kickstart    -k gui/501/ai.lamp.gateway"],
    ] as const)
      expect(findRestart(script, names)).toBe(line);
  });

  it("shows the line that names it rather than one that implies it", () => {
    expect(findRestart("L=ai.lamp.gateway\nlaunchctl stop $L\nlaunchctl kickstart gui/1/ai.lamp.gateway", names)).toContain("kickstart");
  });
});

describe("what merely mentions the target", () => {
  it.each([
    ["a comment", "# launchctl kickstart -k gui/501/ai.lamp.gateway\ntrue"],
    ["advice that is printed", 'echo "Try: systemctl --user restart lamp-gateway"'],
    ["advice in another language", 'console.log("run lampctl gateway restart");'],
    ["a log line", "log 'lampctl gateway restart failed'"],
    ["a question", "launchctl print gui/501/ai.lamp.gateway\nsystemctl --user status lamp-gateway\nlampctl gateway status"],
    ["a health check", "curl http://127.0.0.1:18789/health"],
    ["a backup before another restart", "tar czf /tmp/x.tgz ~/.lampctl\nsystemctl --user restart nginx"],
    ["asking whether a process is there", "kill -0 $(cat /run/lampctl.pid)"],
    ["another unit of the same family", "systemctl --user restart lamp-gateway-dev.service\n# port 18789\ncurl localhost:18789"],
    ["another unit whose name holds a word of it", "systemctl --user restart lampctl-node.service"],
    ["another port", "kill $(lsof -ti :187890)"],
    [
      "a variable that means something else",
      "OTHER=nginx\nLAMP=ai.lamp.gateway\nlaunchctl print gui/1/$LAMP\nlaunchctl kickstart gui/1/$OTHER",
    ],
    ["skills", "lampctl skills list"],
    ["nothing", ""],
  ])("is not taken for a restart: %s", (_what, script) => {
    expect(findRestart(script, names)).toBeNull();
  });
});

describe("codeLines", () => {
  it("keeps what does something", () => {
    expect(codeLines('#!/bin/sh\n\n  ls # list\necho "a; b"\necho x && ls\nurl=http://x # y\n')).toEqual([
      "ls",
      "echo x && ls",
      "url=http://x",
    ]);
  });

  it("is done quickly with long and hostile texts", () => {
    const began = performance.now();
    for (const text of [
      "a ".repeat(200_000),
      "launchctl ".repeat(30_000),
      "x=\n".repeat(100_000),
      `kill ${" ".repeat(300_000)}`,
      "\\\n".repeat(100_000),
    ])
      expect(findRestart(`ai.lamp.gateway\n${text.slice(0, 65_536)}`, names) ?? "").toBeTypeOf("string");
    expect(performance.now() - began).toBeLessThan(3000);
  });
});
