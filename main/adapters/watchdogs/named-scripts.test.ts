import { describe, expect, it } from "vitest";
import { namedScripts } from "./named-scripts.ts";

const of = (text: string, kind: "command" | "script" = "command") => namedScripts(text, "/home/sam", kind);

describe("namedScripts", () => {
  it.each([
    ["/bin/bash /opt/watch.sh", ["/bin/bash", "/opt/watch.sh"]],
    ["~/bin/watch --loop", ["/home/sam/bin/watch"]],
    ['"$HOME/bin/watch"', ["/home/sam/bin/watch"]],
    [`$\{HOME}/bin/watch`, ["/home/sam/bin/watch"]],
    ["%h/bin/watch", ["/home/sam/bin/watch"]],
    ["cd /srv/lamp && ./watch.sh >/dev/null 2>&1", ["/srv/lamp", "/srv/lamp/watch.sh"]],
    ["bin/watch.sh", ["/home/sam/bin/watch.sh"]],
    ["/a/../b/c", ["/b/c"]],
    ["sh -c '/opt/a; /opt/b'", ["/opt/a", "/opt/b"]],
  ])("finds in %s the files %j", (command, paths) => {
    expect(of(command)).toEqual(paths);
  });

  it("passes over addresses, patterns, packages and what depends on variables", () => {
    expect(
      of("curl https://x/y.sh /tmp/*.sh $DIR/x.sh /usr/lib/node_modules/lamp/dist/index.js /Applications/X.app/Contents/MacOS/X"),
    ).toEqual([]);
  });

  it("takes from a script only what ends like one, and never very many", () => {
    expect(of("cat /etc/hosts; /opt/lamp/heal.sh; . /opt/env", "script")).toEqual(["/opt/lamp/heal.sh"]);
    expect(of(Array.from({ length: 500 }, (_, at) => `/opt/${at}.sh`).join(" "))).toHaveLength(20);
  });
});
