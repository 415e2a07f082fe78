import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { emptyWorld } from "../../../tests/support/empty-world.ts";
import { type PrivateKeyring, startKeyring, whyNoKeyring } from "../../../tests/support/keyring.ts";
import type { World } from "../../core/model/world.ts";
import type { CommandRunner } from "../../core/ports/command-runner.ts";
import { execaCommandRunner } from "../command-runner/execa.ts";
import { scriptedCommandRunner } from "../command-runner/scripted.ts";
import { secretTool } from "./secret-tool.ts";

const ref = { service: "stack-gateway", account: "default" };
const lookup = ["secret-tool", "lookup", "service", ref.service, "account", ref.account];

describe("secretTool", () => {
  const unlocked = { argv: ["busctl"], stdout: "b false\n" };
  const reading = (commands: World["commands"]) =>
    secretTool(
      scriptedCommandRunner(() => ({ ...emptyWorld, commands })),
      200,
    ).read(ref);

  it("gives the value as it is, without a line break of the tool's own", async () => {
    expect(await reading([unlocked, { argv: lookup, stdout: "value\n" }])).toEqual({ kind: "found", value: "value\n" });
  });

  it("takes a silent failure as missing, and one with words as a keyring out of reach", async () => {
    expect(await reading([unlocked, { argv: lookup, exitCode: 1 }])).toMatchObject({ kind: "missing" });
    const stderr = "secret-tool: Cannot autolaunch D-Bus without X11 $DISPLAY\n";
    expect(await reading([unlocked, { argv: lookup, exitCode: 1, stderr }])).toMatchObject({ kind: "unavailable" });
  });

  it("says which package is missing", async () => {
    expect(await reading([unlocked])).toMatchObject({ kind: "unavailable", reason: expect.stringContaining("libsecret-tools") });
  });

  it("gives up when nobody answers the dialog", async () => {
    expect(await reading([unlocked, { argv: lookup, takesMs: 60_000 }])).toMatchObject({ kind: "timed-out" });
  });

  it("does not look up anything in a locked keyring, because that would prompt", async () => {
    const found = { argv: lookup, stdout: "value" };
    expect(await reading([{ argv: ["busctl"], stdout: "b true\n" }, found])).toMatchObject({ kind: "locked" });
    expect(await reading([{ argv: ["busctl"], exitCode: 1, stderr: "Failed to connect to bus" }, found])).toMatchObject({
      kind: "unavailable",
    });
  });
});

const installed = whyNoKeyring() === null && (await execaCommandRunner().locate("secret-tool")) !== null;

// secret-tool comes with libsecret-tools on Debian; the scripted tests above stand in where it is absent.
describe.runIf(installed)("secretTool with a real gnome-keyring (needs a keyring)", () => {
  let keyring: PrivateKeyring;
  let commands: CommandRunner;

  beforeAll(async () => {
    keyring = await startKeyring();
    commands = execaCommandRunner({ variables: keyring.env });
    return () => keyring.stop();
  });

  it("finds what another tool stored, tells missing from locked, and never prompts", async () => {
    const store = { file: "secret-tool", args: ["store", "--label=x", "service", ref.service, "account", ref.account] };
    await commands.run({ ...store, stdin: "kept by another tool", timeoutMs: 5_000 });
    const secrets = secretTool(commands);
    expect(await secrets.read(ref)).toEqual({ kind: "found", value: "kept by another tool" });
    expect(await secrets.read({ ...ref, account: "none" })).toMatchObject({ kind: "missing" });
    keyring.lock();
    expect(await secrets.read(ref)).toMatchObject({ kind: "locked" });
  });

  it("says that nothing is stored where there is no default keyring", async () => {
    const empty = await startKeyring("empty");
    onTestFinished(empty.stop);
    expect(await secretTool(execaCommandRunner({ variables: empty.env })).read(ref)).toMatchObject({ kind: "missing" });
  });
});
