import { describe, expect, it } from "vitest";
import type { ConfigFacts } from "./config-facts.ts";
import { authDrift, judgeCopies, judgeDrift, judgeServiceToken } from "./secret-copies.ts";
import { backupCandidates, clobberedAt, judgeControlSocket, judgeModes, judgeRestored, type StateFile } from "./state-files.ts";

const at = Date.parse("2026-11-20T18:22:23.376Z");
const name = "openclaw.json.clobbered.2026-11-20T18-22-23-376Z";
const file = (change: Partial<StateFile>): StateFile => ({ name: "openclaw.json", mode: 0o600, modifiedMs: at, kind: "file", ...change });

describe("rejected configurations", () => {
  it("reads the time out of the name", () => {
    expect(clobberedAt(name)).toBe(at);
    expect(clobberedAt("openclaw.json.bak")).toBeUndefined();
  });

  it("speaks of the newest within a day, and then no more", () => {
    const older = "openclaw.json.clobbered.2026-11-20T08-00-00-000Z";
    const [raised] = judgeRestored(["openclaw.json", older, name], at + 3_600_000);
    expect([raised?.code, raised?.params?.["file"], raised?.evidence[0]?.text]).toEqual([
      "openclaw.config.restored",
      name,
      `Rejected configuration kept as ${name}, the newest of 2 within a day`,
    ]);
    expect(judgeRestored([name], at + 90_000_000)).toEqual([]);
    expect(judgeRestored([name], at - 3_600_000)).toEqual([]);
    expect(judgeRestored(["openclaw.json", "openclaw.json.bak"], at)).toEqual([]);
  });

  it("orders what can be gone back to, newest first", () => {
    const files = [
      file({ name: "openclaw.json" }),
      file({ name: "openclaw.json.bak", modifiedMs: 5 }),
      file({ name: "openclaw.json.last-good", modifiedMs: 9 }),
      file({ name: "notes.txt" }),
    ];
    expect(backupCandidates(files)).toEqual(["openclaw.json.last-good", "openclaw.json.bak"]);
  });
});

describe("modes of files with secrets", () => {
  const judge = (files: readonly StateFile[], folder: number) => judgeModes(files, folder).map((one) => one.light);

  it.each([
    [[file({})], 0o700, []],
    [[file({ mode: 0o644 })], 0o700, []],
    [[file({ mode: 0o644 })], 0o755, ["amber"]],
    [[file({ mode: 0o640 })], 0o750, ["amber"]],
    [[file({ mode: 0o666 })], 0o755, ["red"]],
    [[file({})], 0o777, ["red"]],
    [[file({})], 0o770, ["amber"]],
    [[file({ name: ".env", mode: 0o604 })], 0o755, ["amber"]],
    [[file({ name: "openclaw.sqlite-wal", mode: 0o644 })], 0o755, ["amber"]],
    [[file({ name: "readme.md", mode: 0o644 })], 0o755, []],
    [[file({ name: "credentials", kind: "directory", mode: 0o755 })], 0o755, []],
    [[file({ name: "credentials", kind: "directory", mode: 0o775 })], 0o755, ["amber"]],
  ])("%j in a folder of mode %i", (files, folder, lights) => {
    expect(judge(files, folder)).toEqual(lights);
  });
});

describe("the control socket of the desktop app", () => {
  const said = (change: Partial<StateFile>) =>
    judgeControlSocket([file({ name: "mac-control.sock", uid: 501, ...change })], 501)[0]?.evidence[0]?.text;

  it.each([
    [{}, undefined],
    [{ mode: 0o666 }, undefined],
    [{ uid: 0 }, "mac-control.sock belongs to another account (0), should be 501"],
    [{ mode: 0o400 }, "mac-control.sock has mode 400, so that its owner cannot use it; should be 600"],
    [{ name: "mac-control.token", mode: 0o000 }, "mac-control.token has mode 000, so that its owner cannot use it; should be 600"],
    [{ name: "openclaw.json", uid: 0 }, undefined],
  ])("%j: %s", (change, words) => {
    expect(said(change)).toBe(words);
  });
});

describe("gateway.auth beside the copy that the gateway last accepted", () => {
  const auth = (change: Partial<ConfigFacts["gateway"]["auth"]> = {}): ConfigFacts["gateway"]["auth"] => ({
    mode: "token",
    token: { kind: "literal", fingerprint: "#a1", sane: true },
    password: { kind: "absent" },
    ...change,
  });

  it("is silent when both are the same", () => {
    expect(judgeDrift(authDrift(auth(), auth()))).toEqual([]);
  });

  it("tells every difference, secrets by fingerprint, as a note", () => {
    const accepted = auth({
      mode: "password",
      token: { kind: "literal", fingerprint: "#b2", sane: true },
      password: { kind: "placeholder" },
    });
    const [raised] = judgeDrift(authDrift(auth(), accepted));
    expect(raised).toMatchObject({ code: "openclaw.auth.duplicate-secrets", light: "green" });
    expect(raised?.evidence.map((one) => one.text)).toEqual([
      "gateway.auth.mode is token, and was password in openclaw.json.last-good",
      "gateway.auth.token is #a1, and was #b2 in openclaw.json.last-good",
      "gateway.auth.password is absent, and was placeholder in openclaw.json.last-good",
    ]);
  });
});

describe("copies of the gateway token", () => {
  it("says nothing about one copy, agreeing copies, or copies that cannot be read", () => {
    expect(judgeCopies([{ where: "openclaw.json", fingerprint: "a1" }])).toEqual([]);
    expect(judgeCopies([{ where: "openclaw.json", fingerprint: "a1" }, { where: ".env", fingerprint: "a1" }, { where: "unit" }])).toEqual(
      [],
    );
  });

  it("shows by fingerprint which copy differs", () => {
    const [raised] = judgeCopies([
      { where: "openclaw.json", fingerprint: "a1" },
      { where: ".env", fingerprint: "b2" },
    ]);
    expect(raised?.evidence).toEqual([
      { source: "openclaw.json", text: "Holds the token a1" },
      { source: ".env", text: "Holds another token, b2" },
    ]);
  });

  it.each([
    ["a1", undefined, []],
    ["a1", "a1", ["openclaw.install.upgrade-drift"]],
    ["a1", "b2", ["openclaw.service.config-mismatch"]],
    [undefined, "b2", ["openclaw.install.upgrade-drift"]],
  ])("compares configuration %s with service unit %s", (config, service, codes) => {
    expect(judgeServiceToken(config, service, "unit").map((one) => one.code)).toEqual(codes);
  });
});
