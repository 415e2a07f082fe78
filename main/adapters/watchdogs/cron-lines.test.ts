import { describe, expect, it } from "vitest";
import { cronLines } from "./cron-lines.ts";

describe("cronLines", () => {
  it("reads an account's table with the numbers of its lines", () => {
    const text =
      "# every five minutes\nMAILTO=sam\nA_B = c\n\n*/5 * * * * /opt/watch.sh 2>&1\n@reboot sleep 5 && /opt/b\n0 9-17/2 * JAN-mar Mon,fri x\n";
    expect(cronLines(text, false)).toEqual([
      { number: 5, command: "/opt/watch.sh 2>&1" },
      { number: 6, command: "sleep 5 && /opt/b" },
      { number: 7, command: "x" },
    ]);
  });

  it("passes over the account's name in a table of the machine", () => {
    expect(cronLines("17 * * * * root cd / && run-parts /etc/cron.hourly\n@daily sam /opt/x\n", true)).toEqual([
      { number: 1, command: "cd / && run-parts /etc/cron.hourly" },
      { number: 2, command: "/opt/x" },
    ]);
  });

  it("leaves out what is handed to the command, but not an escaped sign", () => {
    expect(cronLines(String.raw`* * * * * date +\%H%input`, false)).toEqual([{ number: 1, command: String.raw`date +\%H` }]);
  });

  it("finds nothing in what is no table, quickly", () => {
    const began = performance.now();
    for (const text of ["", "no crontab for sam", "* * *", "* ".repeat(100_000), "\n".repeat(100_000)]) cronLines(text, false);
    expect(performance.now() - began).toBeLessThan(2000);
    expect(cronLines("no crontab for sam\n", false)).toEqual([]);
  });
});
