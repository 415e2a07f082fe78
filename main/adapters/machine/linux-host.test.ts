import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { linuxHost } from "./linux-host.ts";

let root = "";
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lamplighter-host-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("linuxHost", () => {
  it("reads memory, pressure and boot time", async () => {
    write("proc/meminfo", "MemTotal: 100 kB\nMemAvailable: 10 kB\nSwapTotal: 50 kB\nSwapFree: 20 kB\n");
    write("proc/pressure/memory", "some avg10=33.00 avg60=0.00 avg300=0.00 total=1\n");
    write("proc/stat", "btime 1700000000\n");
    expect(await linuxHost(root).facts()).toMatchObject({
      memory: { totalBytes: 102_400, availableBytes: 10_240, swapUsedBytes: 30_720, stallPercent: 33 },
      bootedMs: 1_700_000_000_000,
    });
  });

  it("falls back to what Node knows where nothing can be read", async () => {
    const { memory, bootedMs } = await linuxHost(root).facts();
    expect(memory.totalBytes).toBeGreaterThan(0);
    expect(bootedMs).toBeGreaterThan(0);
    expect(memory).not.toHaveProperty("stallPercent");
  });

  it("says whether the clock is kept only where systemd keeps it", async () => {
    expect(await linuxHost(root).facts()).not.toHaveProperty("clockSynchronised");
    mkdirSync(join(root, "run/systemd/timesync"), { recursive: true });
    expect(await linuxHost(root).facts()).toMatchObject({ clockSynchronised: false });
    write("run/systemd/timesync/synchronized", "");
    expect(await linuxHost(root).facts()).toMatchObject({ clockSynchronised: true });
  });
});
