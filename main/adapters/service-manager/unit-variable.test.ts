import { describe, expect, it } from "vitest";
import { emptyWorld } from "../../../tests/support/empty-world.ts";
import { manualClock } from "../clock/manual-clock.ts";
import { fakeFiles } from "../files/fake.ts";
import { parseShow } from "./parse-show.ts";
import { parseUnitFile } from "./parse-unit-file.ts";
import { unitVariable } from "./unit-variable.ts";

const files = fakeFiles(
  () => ({
    ...emptyWorld,
    files: {
      "/home/sam/one.env": { text: "A=file-one\nB=file-one\n" },
      "/home/sam/two.env": { text: "B=file-two\n" },
      "/root/locked.env": { text: "A=locked\n", mode: 0o600, uid: 0 },
    },
  }),
  manualClock(),
);
const shown = (text: string) => (name: string) => unitVariable(parseShow(text), name, files, "/home/sam");
const onDisk = (text: string) => (name: string) => unitVariable(parseUnitFile(`[Service]\n${text}`), name, files, "/home/sam");

describe.each([
  [
    "what the manager shows",
    shown(
      "Environment=A=unit C=unit\nEnvironmentFiles=/home/sam/one.env (ignore_errors=yes)\nEnvironmentFiles=/home/sam/two.env (ignore_errors=no)",
    ),
  ],
  ["the unit file alone", onDisk("Environment=A=unit C=unit\nEnvironmentFile=-%h/one.env\nEnvironmentFile=/home/sam/two.env")],
])("unitVariable from %s", (_name, read) => {
  it("lets files win over the unit, and the later file over the earlier", async () => {
    expect(await read("A")).toBe("file-one");
    expect(await read("B")).toBe("file-two");
    expect(await read("C")).toBe("unit");
  });

  it("is null for a variable that nothing sets", async () => {
    expect(await read("D")).toBeNull();
    expect(await read("constructor")).toBeNull();
  });
});

describe("unitVariable", () => {
  it("falls back to the unit when a file is missing or closed to us", async () => {
    const value = shown(
      "Environment=A=unit\nEnvironmentFiles=/nowhere.env (ignore_errors=yes)\nEnvironmentFiles=/root/locked.env (ignore_errors=no)",
    );
    expect(await value("A")).toBe("unit");
  });

  it("takes the last of several assignments in the unit", async () => {
    expect(await shown('Environment=A=1 "A=2 words"')("A")).toBe("2 words");
    expect(await onDisk("Environment=A=1\nEnvironment=A=2")("A")).toBe("2");
    expect(await onDisk("Environment=A=1\nEnvironment=\nEnvironment=B=2")("A")).toBeNull();
  });
});
