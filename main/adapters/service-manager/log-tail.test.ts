import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nodeFiles } from "../files/node-files.ts";
import { logTail } from "./log-tail.ts";

const folder = mkdtempSync(join(tmpdir(), "lamplighter-tail-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [out, err] = [join(folder, "out.log"), join(folder, "err.log")];
writeFileSync(out, "out 1\n\u001b[31mout 2\u001b[0m\nout\u00073\n\n");
writeFileSync(err, `err 1\n${"x".repeat(2000)}\n`);
utimesSync(out, 1000, 1000);
utimesSync(err, 2000, 2000);

describe("the last lines of a job", () => {
  it("are those of its log, oldest first, without colours and empty ones", async () => {
    expect(await logTail(nodeFiles, [out], 2)).toEqual(["out 2", "out 3"]);
    expect(await logTail(nodeFiles, [out, out], 10)).toEqual(["out 1", "out 2", "out 3"]);
  });

  it("are shared between two logs, the one written last at the end", async () => {
    expect(await logTail(nodeFiles, [err, out], 4)).toEqual(["out 2", "out 3", "err 1", "x".repeat(500)]);
    expect(await logTail(nodeFiles, [out, err], 1)).toEqual(["x".repeat(500)]);
  });

  it("are none where there is no log to read", async () => {
    expect(await logTail(nodeFiles, [undefined, join(folder, "none"), folder, "/dev/zero"], 5)).toEqual([]);
    for (const count of [0, -3, Number.NaN]) expect(await logTail(nodeFiles, [out], count)).toEqual([]);
  });
});
