import { describe, expect, it } from "vitest";
import { gist, verdictOn } from "../../../../../tests/support/openclaw-faults-bound.ts";
import { type Draft, withFile } from "../../../../../tests/support/openclaw-faults-world.ts";
import { judgeUnits } from "./units.ts";

const units = (apply: (draft: Draft) => void) => verdictOn(apply, (checks) => checks.units).then(gist);
const pm2 = (draft: Draft): void =>
  withFile(draft, `${draft.home}/.pm2/dump.pm2`, {
    text: JSON.stringify([{ name: "claw", pm_exec_path: "/usr/bin/openclaw", args: ["gateway", "run"] }]),
  });
const cron = (draft: Draft, line: string): void => {
  draft.world.commands = [{ argv: ["crontab", "-l"], stdout: `${line}\n` }, ...draft.world.commands];
};

describe("what else starts a gateway", () => {
  it("is nothing on a healthy machine, with or without a crontab", async () => {
    expect(await units(() => {})).toEqual(["green"]);
    expect(await units((draft) => cron(draft, "0 3 * * * /usr/bin/backup"))).toEqual(["green"]);
  });

  it("is told from the service manager, from pm2 and from the crontab", async () => {
    const other = { label: "com.example.claw", scope: "user" as const, argv: ["/usr/bin/openclaw", "gateway"] };
    const all = await units((draft) => {
      draft.world.listings = [other];
      pm2(draft);
      cron(draft, "@reboot openclaw gateway run");
    });
    expect(all).toEqual(["amber", "com.example.claw (user)", "pm2 keeps claw alive: /usr/bin/openclaw gateway run"]);
  });

  it("may be how somebody runs it where there is no service manager", () => {
    const keeper = { kind: "pm2", words: "pm2 keeps claw alive: openclaw gateway run" } as const;
    const dog = { kind: "cron", words: "A line in the crontab runs: openclaw gateway restart" } as const;
    const codes = (starters: Parameters<typeof judgeUnits>[0]["starters"], label?: string) =>
      (judgeUnits({ listings: [], starters }, label).findings ?? []).length;
    expect([codes([keeper]), codes([keeper], "ai.openclaw.gateway"), codes([dog]), codes([keeper, dog])]).toEqual([0, 1, 1, 1]);
  });
});
