import { expect, it } from "vitest";
import { macosSignal, ownSignal } from "./signal-names.ts";

it("counts as macOS does for launchd", () => {
  expect([9, 10, 15, 30].map(macosSignal)).toEqual(["SIGKILL", "SIGBUS", "SIGTERM", "SIGUSR1"]);
  expect(macosSignal(63)).toBe("signal 63");
});

it("counts as this machine does for systemd", () => {
  expect([9, 15].map(ownSignal)).toEqual(["SIGKILL", "SIGTERM"]);
  expect(ownSignal(0)).toBe("signal 0");
});
