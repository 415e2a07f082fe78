import { describe, expect, it } from "vitest";
import { emptyWorld } from "../../../tests/support/empty-world.ts";
import { scriptedCommandRunner } from "../command-runner/scripted.ts";
import { macosHost } from "./macos-host.ts";

const hostWith = (commands: readonly { readonly argv: readonly string[]; readonly stdout?: string; readonly takesMs?: number }[]) =>
  macosHost(scriptedCommandRunner(() => ({ ...emptyWorld, platform: "macos", commands })));

describe("macosHost", () => {
  it("puts together what sysctl and vm_stat say", async () => {
    const host = hostWith([
      {
        argv: ["/usr/sbin/sysctl"],
        stdout: "hw.memsize: 8000000000\nkern.memorystatus_vm_pressure_level: 4\nkern.boottime: { sec = 1700000000, usec = 1 } x\n",
      },
      { argv: ["/usr/bin/vm_stat"], stdout: "(page size of 4096 bytes)\nPages free: 10.\nPages inactive: 20.\n" },
    ]);
    expect(await host.facts()).toMatchObject({
      memory: { totalBytes: 8_000_000_000, availableBytes: 30 * 4096, pressureLevel: 4, swapTotalBytes: 0 },
      bootedMs: 1_700_000_000_000,
    });
  });

  it("falls back to what Node knows when the tools are missing or silent", async () => {
    const { memory, bootedMs } = await hostWith([{ argv: ["/usr/bin/vm_stat"], stdout: "" }]).facts();
    expect(memory.totalBytes).toBeGreaterThan(100_000_000);
    expect(memory).not.toHaveProperty("pressureLevel");
    expect(bootedMs).toBeLessThan(Date.now());
  });
});
