import { randomBytes } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { systemClock } from "../../main/adapters/clock/system-clock.ts";
import { execaCommandRunner } from "../../main/adapters/command-runner/execa.ts";
import { storedIdentity } from "../../main/adapters/device-identity/stored-identity.ts";
import { keytarStore } from "../../main/adapters/secret-store/keytar.ts";
import { keytarInChild, keytarInProcess } from "../../main/adapters/secret-store/keytar-call.ts";
import { securityCli } from "../../main/adapters/secret-store/security-cli.ts";
import type { SecretRef, SecretStore } from "../../main/core/ports/secret-store.ts";

/**
 * A throw-away service name, so that no item of a person can be meant. Every item is read by the program that stored it, which the
 * Keychain allows without a dialog. A locked Keychain is not tried, because it would raise one; its exit codes are tested beside the source.
 */
const service = `dev.lamplighter.test-${randomBytes(6).toString("hex")}`;
const commands = execaCommandRunner();
const security = (...args: string[]) => commands.run({ file: "/usr/bin/security", args, timeoutMs: 20_000 });

// The Keychain exists on macOS only; on Linux the same suite runs against gnome-keyring.
describe.runIf(process.platform === "darwin")("the macOS Keychain (needs macOS)", () => {
  const accounts = ["child", "process", "device-key", "plain", "hex"];
  afterAll(async () => {
    for (const account of accounts) await security("delete-generic-password", "-s", service, "-a", account);
  });

  const ways: readonly (readonly [string, SecretStore])[] = [
    ["child", keytarStore(keytarInChild(commands, undefined, 20_000))],
    ["process", keytarStore(keytarInProcess(undefined, 20_000))],
  ];
  it.each(ways)("keeps our own secrets through keytar in a %s", async (account, store) => {
    const ref: SecretRef = { service, account };
    expect(await store.read(ref)).toMatchObject({ kind: "missing" });
    for (const value of ["plain", "grüße 🔑", "two\nlines"]) {
      expect(await store.write(ref, value)).toEqual({ kind: "written" });
      expect(await store.read(ref)).toEqual({ kind: "found", value });
    }
    expect(await store.remove(ref)).toBe("removed");
    expect(await store.remove(ref)).toBe("missing");
  });

  it("holds the key of an identity that outlives the process", async () => {
    const kept = keytarStore(keytarInChild(commands));
    // The same store under the throw-away service name.
    const away = (ref: SecretRef): SecretRef => ({ service, account: ref.account });
    const store: SecretStore = {
      read: (ref) => kept.read(away(ref)),
      write: (ref, value) => kept.write(away(ref), value),
      remove: (ref) => kept.remove(away(ref)),
    };
    const first = await storedIdentity(store, systemClock).describe();
    expect(first).toMatchObject({ kind: "ready" });
    expect(await storedIdentity(store, systemClock).describe()).toEqual(first);
  });

  it("lets Apple's tool read what Apple's tool stored, values with line breaks included", async () => {
    const foreign = securityCli(commands, 20_000);
    await security("add-generic-password", "-U", "-s", service, "-a", "plain", "-w", "not a real secret");
    await security("add-generic-password", "-U", "-s", service, "-a", "hex", "-w", "two\nlines grüße");
    expect(await foreign.read({ service, account: "plain" })).toEqual({ kind: "found", value: "not a real secret" });
    expect(await foreign.read({ service, account: "hex" })).toEqual({ kind: "found", value: "two\nlines grüße" });
    expect(await foreign.read({ service, account: "none" })).toMatchObject({ kind: "missing" });
  });
});
