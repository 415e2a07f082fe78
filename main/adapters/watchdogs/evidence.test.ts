import { describe, expect, it } from "vitest";
import { evidenceOf } from "./evidence.ts";

describe("evidenceOf", () => {
  it.each([
    ["TOKEN=s3cret-canary systemctl --user restart lamp", "TOKEN=… systemctl --user restart lamp"],
    ['export KEY="s3cret canary"; lampctl gateway restart', "export KEY=…; lampctl gateway restart"],
    ["lampctl --token s3cret-canary gateway restart", "lampctl --token … gateway restart"],
    ["lampctl --auth-token=s3cret-canary gateway restart", "lampctl --auth-token=… gateway restart"],
    ["curl -H 'Authorization: Bearer s3cret-canary' http://x || kill 1", "curl -H … http://x || kill 1"],
    ["curl -u me:s3cret-canary http://x", "curl -u … http://x"],
    ["curl http://me:s3cret-canary@host/x", "curl http://…@host/x"],
    ["curl 'http://x/?token=s3cret-canary&a=1'", "curl 'http://x/?token=…&a=…'"],
    ["x: Bearer s3cret-canary", "x: Bearer …"],
    ["run sk-ant-s3cret-canary now", "run … now"],
    ["lampctl 0a1b2c3d4e5f60718293a4b5c6d7e8f9 restart", "lampctl … restart"],
  ])("leaves the secret out of %s", (line, shown) => {
    expect(evidenceOf(line)).toBe(shown);
    expect(evidenceOf(line)).not.toContain("canary");
  });

  it("keeps what tells what is done", () => {
    for (const line of ["launchctl kickstart -k gui/501/ai.lamp.gateway", "lsof -ti tcp:18789 | xargs kill -9", "pm2 restart lampctl"])
      expect(evidenceOf(line)).toBe(line);
  });

  it("is one short line without signs that move a cursor", () => {
    const shown = evidenceOf(`kill\t1\n\u001B[2J${"x y ".repeat(500)}`);
    expect(shown).toHaveLength(160);
    expect(shown).not.toMatch(/\p{Cc}/u);
  });
});
