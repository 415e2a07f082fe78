import { describe, expect, it, onTestFinished } from "vitest";
import { startKeyring, whyNoKeyring } from "../../../tests/support/keyring.ts";
import { execaCommandRunner } from "../command-runner/execa.ts";
import { readKeyringLock } from "./keyring-lock.ts";
import { keytarStore } from "./keytar.ts";
import { type KeytarCall, type KeytarReply, keytarInChild } from "./keytar-call.ts";
import { secretStoreSuite } from "./suite.ts";

const ref = { service: "dev.lamplighter.test", account: "a" };

async function realStore(kind: "open" | "empty" = "open") {
  const keyring = await startKeyring(kind);
  const commands = execaCommandRunner({ variables: keyring.env });
  return { ...keyring, commands, store: keytarStore(keytarInChild(commands), () => readKeyringLock(commands)) };
}

// Elsewhere the Keychain suite in tests/mac, or nothing, takes its place.
describe.runIf(whyNoKeyring() === null)("with a real gnome-keyring (needs a keyring)", () => {
  secretStoreSuite("keytarStore", realStore);

  it("holds nothing and stores nothing where no default keyring exists, instead of prompting for a new one", async () => {
    const { store, stop } = await realStore("empty");
    onTestFinished(stop);
    expect(await store.read(ref)).toMatchObject({ kind: "missing" });
    expect(await store.write(ref, "x")).toMatchObject({ kind: "unavailable", reason: expect.stringContaining("default keyring") });
    expect(await store.remove(ref)).toBe("missing");
  });

  it("says that there is no session instead of crashing when D-Bus is not there", async () => {
    const commands = execaCommandRunner({ variables: { PATH: process.env["PATH"], HOME: "/nonexistent" } });
    const store = keytarStore(keytarInChild(commands), () => readKeyringLock(commands));
    expect(await store.read(ref)).toMatchObject({ kind: "unavailable", reason: expect.stringContaining("D-Bus session") });
    expect(await store.write(ref, "x")).toMatchObject({ kind: "unavailable" });
  });

  it("is told apart even when the lock cannot be asked about: keytar's own error is understood", async () => {
    const commands = execaCommandRunner({ variables: { PATH: process.env["PATH"], HOME: "/nonexistent" } });
    expect(await keytarStore(keytarInChild(commands)).read(ref)).toMatchObject({
      kind: "unavailable",
      reason: "No keyring can be reached from here.",
    });
  });
});

describe("keytarStore", () => {
  const replying = (reply: KeytarReply) => keytarStore(async () => reply);

  // The system's own sentences, as keytar passes them on.
  it.each([
    ["User interaction is not allowed.", "locked"],
    ["In dark wake, no UI possible", "locked"],
    ["Cannot create an item in a locked collection", "locked"],
    ["The user name or passphrase you entered is not correct.", "denied"],
    ["User canceled the operation.", "denied"],
    ["A default keychain could not be found.", "unavailable"],
    ["Cannot autolaunch D-Bus without X11 $DISPLAY", "unavailable"],
    ["a sentence nobody has seen", "unavailable"],
  ])("reads %j as %s", async (message, kind) => {
    expect(await replying({ kind: "failed", message }).read(ref)).toMatchObject({ kind });
    expect(await replying({ kind: "failed", message }).write(ref, "x")).toMatchObject({ kind });
    expect(await replying({ kind: "failed", message }).remove(ref)).toBe("failed");
  });

  it("tells a library that is not there, and a call that takes too long, from a missing secret", async () => {
    expect(await replying({ kind: "not-loaded" }).read(ref)).toMatchObject({
      kind: "unavailable",
      reason: expect.stringContaining("libsecret"),
    });
    expect(await replying({ kind: "timed-out" }).read(ref)).toMatchObject({ kind: "timed-out" });
  });

  it("does not call keytar at all while the keyring is locked or cannot be asked, so that no prompt appears", async () => {
    let calls = 0;
    const call: KeytarCall = async () => {
      calls += 1;
      return { kind: "value", value: null };
    };
    for (const lock of [
      { kind: "locked" },
      { kind: "none" },
      { kind: "unavailable", reason: "r" },
      { kind: "timed-out", reason: "r" },
    ] as const) {
      const store = keytarStore(call, async () => lock);
      await store.read(ref);
      await store.write(ref, "x");
      await store.remove(ref);
    }
    expect(calls).toBe(0);
  });
});
