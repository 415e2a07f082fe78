import { describe, expect, it } from "vitest";
import { startersInCrontab, startersInPm2 } from "./starters.ts";

describe("programs that pm2 keeps alive", () => {
  const dump = (...list: readonly unknown[]) => startersInPm2(JSON.stringify(list)).map((one) => one.words);

  it("are told when they start a gateway, with name and command", () => {
    expect(dump({ name: "claw", pm_exec_path: "/usr/bin/openclaw", args: ["gateway", "run"] })).toEqual([
      "pm2 keeps claw alive: /usr/bin/openclaw gateway run",
    ]);
  });

  it("are passed over when they do something else", () => {
    expect(
      dump({ name: "web", pm_exec_path: "/srv/web.js" }, { pm_exec_path: "/usr/bin/openclaw", args: ["gateway", "status"] }, 7),
    ).toEqual([]);
    expect([startersInPm2("not json"), startersInPm2("{}")]).toEqual([[], []]);
  });
});

describe("lines of a crontab", () => {
  const table = (text: string) => startersInCrontab(text).map((one) => one.words);

  it("are told when they start or restart a gateway", () => {
    expect(table("*/5 * * * * /usr/bin/openclaw gateway restart\n@reboot openclaw gateway run &\n")).toEqual([
      "A line in the crontab runs: /usr/bin/openclaw gateway restart",
      "A line in the crontab runs: openclaw gateway run &",
    ]);
  });

  it("are passed over when they are remarks, ask only, or run something else", () => {
    const text =
      "# */5 * * * * openclaw gateway restart\nPATH=/usr/bin\n0 3 * * * openclaw gateway status --json\n1 1 * * 1 backup openclaw\n";
    expect(table(text)).toEqual([]);
  });

  it("take no time however long and strange they are", () => {
    const began = performance.now();
    startersInCrontab(`${"1 ".repeat(40_000)}\n${"*".repeat(90_000)}\n`.repeat(5));
    expect(performance.now() - began).toBeLessThan(500);
  });
});
