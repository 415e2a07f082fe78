import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { socketOwners } from "./socket-owners.ts";

// A folder of links that lead nowhere looks to us just like the kernel's own.
let proc = "";
const holds = (pid: number, ...links: string[]) => {
  const folder = join(proc, String(pid), "fd");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  links.forEach((target, fd) => {
    symlinkSync(target, join(folder, String(fd)));
  });
};
const want = (...inodes: string[]) => inodes.map((inode) => ({ inode, uid: process.getuid?.() ?? 0 }));

beforeEach(() => {
  proc = mkdtempSync(join(tmpdir(), "lamplighter-proc-"));
});
afterEach(() => rmSync(proc, { recursive: true, force: true }));

describe("socketOwners", () => {
  it("finds the owner of each wanted socket among other links", async () => {
    holds(10, "/dev/null", "socket:[1]", "pipe:[7]");
    holds(20, "socket:[2]", "socket:[3]");
    expect(await socketOwners(proc)(want("1", "3", "7"))).toEqual(
      new Map([
        ["1", 10],
        ["3", 20],
      ]),
    );
  });

  it("finds owners of another account after those of the socket's own", async () => {
    holds(10, "socket:[1]");
    expect(await socketOwners(proc)([{ inode: "1", uid: 4_000_000 }])).toEqual(new Map([["1", 10]]));
  });

  it("looks at one link only when it knows the owner", async () => {
    holds(20, "socket:[1]");
    const owners = socketOwners(proc);
    await owners(want("1"));
    // A full walk would come past this process first.
    holds(10, "socket:[1]");
    expect(await owners(want("1"))).toEqual(new Map([["1", 20]]));
  });

  it("walks again when the owner has let go of the socket", async () => {
    holds(20, "socket:[1]");
    const owners = socketOwners(proc);
    await owners(want("1"));
    holds(20, "socket:[9]");
    holds(30, "socket:[1]");
    expect(await owners(want("1"))).toEqual(new Map([["1", 30]]));
    rmSync(join(proc, "30"), { recursive: true });
    expect(await owners(want("1"))).toEqual(new Map());
  });

  it("reads nothing when nothing is wanted, and survives a folder that is not there", async () => {
    expect(await socketOwners("/nowhere")([])).toEqual(new Map());
    expect(await socketOwners("/nowhere")(want("1"))).toEqual(new Map());
  });
});
