import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { userNames } from "./user-names.ts";

it("names accounts of the file and shows unknown ones by number", () => {
  const folder = mkdtempSync(join(tmpdir(), "lamplighter-names-"));
  const path = join(folder, "passwd");
  writeFileSync(path, "broken line\n::\nsam:x:123456:1000:Sam:/home/sam:/bin/sh\n");
  const nameOf = userNames(path);
  expect(nameOf(123_456)).toBe("sam");
  expect(nameOf(654_321)).toBe("654321");
  rmSync(folder, { recursive: true });
});

it("knows our own account even without the file", () => {
  expect(userNames("/nowhere/passwd")(userInfo().uid)).toBe(userInfo().username);
});
