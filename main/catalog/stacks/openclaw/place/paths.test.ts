import { describe, expect, it } from "vitest";
import { candidates, expand, join } from "./paths.ts";

const env = (variables: Readonly<Record<string, string>> = {}) => ({ home: "/home/sam", variable: (name: string) => variables[name] });
const look = (variables: Readonly<Record<string, string>> = {}, settings: Parameters<typeof candidates>[0] = {}) =>
  candidates(settings, env(variables));

describe("where OpenClaw may live", () => {
  it("is the home folder, the present name before the older ones", () => {
    const found = look();
    expect(found.stateDirs).toEqual(["/home/sam/.openclaw", "/home/sam/.clawdbot", "/home/sam/.moltbot"]);
    expect(found.configPaths.slice(0, 2)).toEqual(["/home/sam/.openclaw/openclaw.json", "/home/sam/.openclaw/clawdbot.json"]);
    expect(found.named).toBe(false);
  });

  it("follows OpenClaw's own variables", () => {
    expect(look({ OPENCLAW_STATE_DIR: "~/elsewhere" }).stateDirs).toEqual(["/home/sam/elsewhere"]);
    expect(look({ OPENCLAW_CONFIG_PATH: "/etc/claw.json" }).configPaths).toEqual(["/etc/claw.json"]);
    expect(look({ HOME: "/home/other" }).home).toBe("/home/other");
    expect(look({ OPENCLAW_HOME: "/srv/claw" }).stateDirs[0]).toBe("/srv/claw/.openclaw");
    expect(look({ CLAWDBOT_STATE_DIR: "/old" }).stateDirs).toEqual(["/old"]);
    expect(look({ OPENCLAW_STATE_DIR: "  " }).stateDirs[0]).toBe("/home/sam/.openclaw");
  });

  it("gives a profile a folder of its own, and the default profile the usual one", () => {
    expect(look({}, { profile: "work" })).toMatchObject({ profile: "work", stateDirs: ["/home/sam/.openclaw-work"] });
    expect(look({ OPENCLAW_PROFILE: "default" })).not.toHaveProperty("profile");
  });

  it("takes the variable for a profile, and the usual folder where that profile has none: the running release does so too", () => {
    const { profile, stateDirs } = look({ OPENCLAW_PROFILE: "work" });
    expect(profile).toBe("work");
    expect(stateDirs.slice(0, 2)).toEqual(["/home/sam/.openclaw-work", "/home/sam/.openclaw"]);
  });

  it("believes the settings before the variables", () => {
    const found = look(
      { OPENCLAW_STATE_DIR: "/env", OPENCLAW_PROFILE: "env" },
      { stateDir: "~/mine", profile: "mine", configPath: "~/c.json" },
    );
    expect(found).toMatchObject({ stateDirs: ["/home/sam/mine"], profile: "mine", configPaths: ["/home/sam/c.json"], named: true });
  });

  it("expands only a leading tilde", () => {
    expect([expand("~", "/h"), expand("~/x", "/h"), expand("/a/~/x", "/h"), expand("~sam/x", "/h")]).toEqual([
      "/h",
      "/h/x",
      "/a/~/x",
      "~sam/x",
    ]);
    expect(join("/a/", "b", "c")).toBe("/a/b/c");
  });
});
