import { describe, expect, it } from "vitest";
import { restartVerbs } from "./restart-verbs.ts";

describe("restartVerbs", () => {
  it("tells verbs that act on a unit by label from those that act on anything", () => {
    expect(restartVerbs("launchctl kickstart -k gui/501/x")).toEqual([{ acts: "unit" }]);
    expect(restartVerbs("systemctl --user restart x; pkill y")).toEqual([{ acts: "unit" }, { acts: "anything" }]);
    expect(restartVerbs("pm2 --silent reload 0")).toEqual([{ acts: "anything" }]);
  });

  it.each([
    "launchctl print x",
    "systemctl status x",
    "kill -0 5",
    "kill -l",
    "skills kill-joy",
    "docker ps",
    "pm2 list",
    "gateway status",
    "",
  ])("has none in %j", (line) => {
    expect(restartVerbs(line)).toEqual([]);
  });
});
