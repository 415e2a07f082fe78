import { describe, expect, it } from "vitest";
import { emptyWorld } from "../../../tests/support/empty-world.ts";
import type { WorldFile } from "../../core/model/world.ts";
import { manualClock } from "../clock/manual-clock.ts";
import { fakeFiles } from "./fake.ts";
import { type FilesPlace, filesSuite } from "./suite.ts";

function invented(): FilesPlace {
  const clock = manualClock();
  const held: Record<string, WorldFile> = { "/r/keep": { text: "" } };
  return {
    files: fakeFiles(() => ({ ...emptyWorld, files: held }), clock),
    root: "/r",
    write: (path, text, mode) => {
      held[path] = { text, ...(mode === undefined ? {} : { mode }) };
    },
    append: (path, text) => {
      held[path] = { ...held[path], text: (held[path]?.text ?? "") + text };
    },
    remove: (path) => {
      delete held[path];
    },
    pass: (ms) => clock.advance(ms),
  };
}

filesSuite("fakeFiles", invented);

describe("fakeFiles", () => {
  it("lets the account read only what owner and mode allow", async () => {
    const files = fakeFiles(
      () => ({
        ...emptyWorld,
        files: {
          "/a": { text: "mine", mode: 0o600 },
          "/b": { text: "theirs", mode: 0o600, uid: 0 },
          "/c": { text: "public", mode: 0o644, uid: 0 },
          "/d": { text: "shut", mode: 0 },
        },
      }),
      manualClock(),
    );
    const kinds = await Promise.all(["/a", "/b", "/c", "/d"].map(async (path) => (await files.read(path)).kind));
    expect(kinds).toEqual(["text", "unreadable", "text", "unreadable"]);
    expect(await files.tail("/d", null)).toBeNull();
  });

  it("knows nothing by the name of an inherited property", async () => {
    expect(await fakeFiles(() => emptyWorld, manualClock()).read("constructor")).toEqual({ kind: "missing" });
  });

  it("tells a folder that may not be looked into, and a link that leads nowhere, from what is not there", async () => {
    const world = { ...emptyWorld, files: { "/a/b": { text: "x" } }, barred: ["/a"], danglingLinks: { "/link": "/gone" } };
    const files = fakeFiles(() => world, manualClock());
    expect(await files.presence("/a")).toMatchObject({ kind: "there", facts: { kind: "directory" } });
    expect(await files.presence("/a/b")).toMatchObject({ kind: "barred", denied: "/a" });
    expect(await files.read("/a/b")).toMatchObject({ kind: "unreadable", denied: "/a" });
    expect([await files.facts("/a/b"), await files.list("/a"), await files.tail("/a/b", null)]).toEqual([null, [], null]);
    expect(await files.read("/link")).toEqual({ kind: "missing", dangling: { link: "/link", target: "/gone" } });
    expect(await files.presence("/link")).toEqual(await files.read("/link"));
    expect(await files.presence("/none")).toEqual({ kind: "missing" });
  });

  it("follows the world as it changes", async () => {
    let text = "before";
    const files = fakeFiles(() => ({ ...emptyWorld, files: { "/a": { text } } }), manualClock());
    text = "after";
    expect(await files.read("/a")).toMatchObject({ text: "after" });
  });
});
