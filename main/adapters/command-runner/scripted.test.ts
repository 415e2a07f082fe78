import { describe, expect, it } from "vitest";
import { emptyWorld } from "../../../tests/support/empty-world.ts";
import type { World } from "../../core/model/world.ts";
import { scriptedCommandRunner } from "./scripted.ts";
import { commandRunnerSuite } from "./suite.ts";

const worldWith = (commands: World["commands"], files: World["files"] = {}): World => ({ ...emptyWorld, commands, files });
const ask = (file: string, ...args: string[]) => ({ file, args, timeoutMs: 1000 });

commandRunnerSuite("a scripted command runner", () => ({
  runner: scriptedCommandRunner(() =>
    worldWith([
      { argv: ["talks"], exitCode: 3, stdout: "out\n", stderr: "err\n" },
      { argv: ["floods"], stdout: "x".repeat(5000) },
      { argv: ["lasts"], takesMs: 60_000 },
    ]),
  ),
  talks: { file: "talks", args: [] },
  floods: { file: "floods", args: [] },
  lasts: { file: "lasts", args: [] },
  installed: "talks",
}));

describe("the scripts of a world", () => {
  const runner = scriptedCommandRunner(() =>
    worldWith([
      { argv: ["tool", "status", "--json"], stdout: "json" },
      { argv: ["tool", "status"], stdout: "text" },
    ]),
  );

  it("answers with the first one whose words begin the command", async () => {
    expect(await runner.run(ask("tool", "status", "--json", "--deep"))).toMatchObject({ stdout: "json" });
    expect(await runner.run(ask("tool", "status"))).toMatchObject({ stdout: "text" });
  });

  it("lets a program speak of the world as it then is", async () => {
    let files: World["files"] = {};
    const looks = scriptedCommandRunner(() =>
      worldWith([{ argv: ["tool"], says: (now) => ("/a" in now.files ? { stdout: "there" } : { exitCode: 4 }) }], files),
    );
    expect(await looks.run(ask("tool"))).toMatchObject({ exitCode: 4 });
    files = { "/a": { text: "" } };
    expect(await looks.run(ask("tool"))).toMatchObject({ exitCode: 0, stdout: "there" });
  });

  it("starts the unit of a program that ends well, and no other", async () => {
    const begun: string[] = [];
    const starting = scriptedCommandRunner(
      () =>
        worldWith([
          { argv: ["tool", "up"], stdout: "ok", starts: { label: "one" } },
          { argv: ["tool", "sick"], exitCode: 1, starts: { label: "two" } },
          { argv: ["tool", "barred"], stdout: "ok", starts: { label: "three" } },
        ]),
      async ({ label }) => {
        begun.push(label);
        return label === "three" ? "It ended again at once." : undefined;
      },
    );
    expect(await starting.run(ask("tool", "up"))).toMatchObject({ exitCode: 0, stdout: "ok" });
    expect(await starting.run(ask("tool", "sick"))).toMatchObject({ exitCode: 1 });
    expect(await starting.run(ask("tool", "barred"))).toMatchObject({ exitCode: 1, stdout: "", stderr: "It ended again at once.\n" });
    expect(begun).toEqual(["one", "three"]);
  });

  it("lets a known program refuse words that no script knows", async () => {
    expect(await runner.run(ask("tool", "explode"))).toMatchObject({ kind: "exited", exitCode: 2 });
  });

  it("takes a bare name and a full path for the same program, but not two different paths", async () => {
    expect(await runner.run(ask("/usr/bin/tool", "status"))).toMatchObject({ stdout: "text" });
    const absolute = scriptedCommandRunner(() => worldWith([{ argv: ["/opt/a/tool"], stdout: "a" }]));
    expect(await absolute.run(ask("tool"))).toMatchObject({ stdout: "a" });
    expect(await absolute.run(ask("/opt/b/tool"))).toMatchObject({ kind: "not-found" });
  });

  it("follows a world that changes", async () => {
    let world = worldWith([]);
    const live = scriptedCommandRunner(() => world);
    expect(await live.run(ask("tool"))).toMatchObject({ kind: "not-found" });
    world = worldWith([{ argv: ["tool"], stdout: "now" }]);
    expect(await live.run(ask("tool"))).toMatchObject({ stdout: "now" });
  });

  it("locates programs among the world's files and scripts, PATH first", async () => {
    const placed = scriptedCommandRunner(() => worldWith([{ argv: ["/opt/bin/tool"] }], { "/usr/bin/tool": { text: "", mode: 0o755 } }));
    expect(await placed.locateAll("tool", ["/opt/bin"])).toEqual(["/usr/bin/tool", "/opt/bin/tool"]);
    expect(await placed.locateAll("tool")).toEqual(["/usr/bin/tool"]);
  });
});
