import { describe, expect, it } from "vitest";
import { parseMacosBootTime, parseMacosMemory, parseMeminfo } from "./parse-host.ts";

const meminfo = `MemTotal:       16000000 kB
MemFree:          500000 kB
MemAvailable:    4000000 kB
SwapCached:            0 kB
SwapTotal:       2000000 kB
SwapFree:         500000 kB
`;
const pressure = "some avg10=12.34 avg60=1.00 avg300=0.10 total=99\nfull avg10=5.00 avg60=0.50 avg300=0.00 total=9\n";

describe("parseMeminfo", () => {
  it("takes what programs can still get, not what is merely free, and the stall of any task", () => {
    expect(parseMeminfo(meminfo, pressure)).toEqual({
      totalBytes: 16_384_000_000,
      availableBytes: 4_096_000_000,
      swapTotalBytes: 2_048_000_000,
      swapUsedBytes: 1_536_000_000,
      stallPercent: 12.34,
    });
  });

  it("leaves the stall out where the kernel does not measure it", () => {
    expect(parseMeminfo(meminfo, "")).not.toHaveProperty("stallPercent");
  });

  it("has no swap on a machine without it", () => {
    expect(parseMeminfo("MemTotal: 10 kB\nMemAvailable: 5 kB\n", "")).toMatchObject({ swapTotalBytes: 0, swapUsedBytes: 0 });
  });

  it("is null rather than zero when the figures are missing", () => {
    expect(parseMeminfo("MemTotal: 10 kB\n", pressure)).toBeNull();
    expect(parseMeminfo("", "")).toBeNull();
  });
});

const sysctl = `hw.memsize: 17179869184
vm.swapusage: total = 2048.00M  used = 1024.25M  free = 1023.75M  (encrypted)
kern.memorystatus_vm_pressure_level: 2
kern.boottime: { sec = 1763684000, usec = 123456 } Fri Nov 21 00:13:20 2025
`;
const vmStat = `Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                                1000.
Pages active:                            400000.
Pages inactive:                            2000.
Pages speculative:                           30.
Pages throttled:                              0.
`;

describe("parseMacosMemory", () => {
  it("adds up the pages that can be given away", () => {
    expect(parseMacosMemory(sysctl, vmStat)).toEqual({
      totalBytes: 17_179_869_184,
      availableBytes: 3030 * 16_384,
      swapTotalBytes: 2_147_483_648,
      swapUsedBytes: 1_074_003_968,
      pressureLevel: 2,
    });
  });

  it("is null when either tool said nothing", () => {
    expect(parseMacosMemory("", vmStat)).toBeNull();
    expect(parseMacosMemory(sysctl, "")).toBeNull();
  });
});

describe("parseMacosBootTime", () => {
  it("reads the seconds", () => {
    expect(parseMacosBootTime(sysctl)).toBe(1_763_684_000_000);
    expect(parseMacosBootTime("")).toBeNull();
  });
});
