import { describe, expect, it } from "vitest";
import { emptyWorld } from "../../../tests/support/empty-world.ts";
import type { World } from "../../core/model/world.ts";
import { manualClock } from "../clock/manual-clock.ts";
import { fakeFiles } from "../files/fake.ts";
import { listingOf, systemdFolders, unitFolders } from "./unit-folders.ts";

const unit = (command: string) => ({ text: `[Service]\nExecStart=${command}\n` });
const over = (files: () => World["files"]) =>
  unitFolders(
    fakeFiles(() => ({ ...emptyWorld, files: files() }), manualClock()),
    systemdFolders("/home/sam"),
  );

describe("systemdFolders", () => {
  it("puts the account's own folder first, wherever its configuration lives", () => {
    expect(systemdFolders("/home/sam")[0]).toEqual({ path: "/home/sam/.config/systemd/user", scope: "user" });
    expect(systemdFolders("/home/sam", "/cfg")[0]).toEqual({ path: "/cfg/systemd/user", scope: "user" });
    expect(systemdFolders("/home/sam").filter(({ scope }) => scope === "system")[0]?.path).toBe("/etc/systemd/system");
  });
});

describe("unitFolders", () => {
  const folders = over(() => ({
    "/home/sam/.config/systemd/user/lamp.service": unit("/opt/own"),
    "/home/sam/.config/systemd/user/lamp.timer": { text: "[Timer]\n" },
    "/usr/lib/systemd/user/lamp.service": unit("/opt/packaged"),
    "/etc/systemd/system/lamp.service": unit("/opt/machine"),
  }));

  it("lets the account's unit hide the packaged one of the same name, and not the machine's", async () => {
    const listings = (await folders.all()).map((each) => listingOf(each, "/home/sam"));
    expect(listings.map(({ scope, argv }) => [scope, ...(argv ?? [])])).toEqual([
      ["user", "/opt/own"],
      ["system", "/opt/machine"],
    ]);
  });

  it("finds a unit in the folders of the asked manager only", async () => {
    expect(await folders.named("lamp.service", "system")).toMatchObject({ path: "/etc/systemd/system/lamp.service" });
    expect(await folders.named("other.service", "user")).toBeNull();
  });

  it("never walks out of a folder by a name", async () => {
    expect(await folders.named("../user/lamp.service", "system")).toMatchObject({ path: "/etc/systemd/system/lamp.service" });
  });

  it("reads a unit again after it changed", async () => {
    let text = "[Service]\nExecStart=/opt/a\n";
    const changing = over(() => ({ "/etc/systemd/user/lamp.service": { text } }));
    expect(listingOf((await changing.all())[0] ?? fail(), "/").argv).toEqual(["/opt/a"]);
    text = "[Service]\nExecStart=/opt/longer\n";
    expect(listingOf((await changing.all())[0] ?? fail(), "/").argv).toEqual(["/opt/longer"]);
  });

  it("takes an unreadable or huge file for a unit without settings", async () => {
    const odd = over(() => ({ "/etc/systemd/user/huge.service": { text: "#".repeat(100_000) } }));
    expect((await odd.all())[0]).toMatchObject({ label: "huge.service", unit: [] });
    expect(await odd.read("/nowhere")).toEqual([]);
  });
});

const fail = (): never => {
  throw new Error("There is no unit.");
};
