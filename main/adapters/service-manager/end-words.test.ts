import { expect, it } from "vitest";
import type { ServiceEnd } from "../../core/ports/service-manager.ts";
import { endWords } from "./end-words.ts";

it.each<[ServiceEnd | undefined, string]>([
  [{ exitCode: 3, reason: "exit-code" }, "with exit code 3"],
  [{ exitCode: 0 }, "with exit code 0"],
  [{ exitCode: 203, reason: "exit-code" }, "with exit code 203 (its program cannot be executed)"],
  [{ exitCode: 200 }, "with exit code 200 (its working directory cannot be entered)"],
  [{ exitCode: 78 }, "with exit code 78 (its configuration is refused)"],
  [{ exitCode: 143 }, "with exit code 143 (it was told to end)"],
  [{ exitCode: 200 + 17 }, "with exit code 217 (its account is unknown or not allowed)"],
  [{ exitCode: 128 }, "with exit code 128"],
  [{ exitCode: 255 }, "with exit code 255"],
  [{ signal: "SIGKILL", reason: "signal" }, "by SIGKILL"],
  [{ signal: "SIGKILL", reason: "oom-kill" }, "because the system ran out of memory and ended it"],
  [{ signal: "SIGTERM", reason: "timeout" }, "because it took longer than its time limit allows"],
  [{ signal: "SIGABRT", reason: "watchdog" }, "because it stopped reporting to its watchdog"],
  [{ reason: "resources" }, "with result resources"],
  [{}, "and systemd does not say how"],
  [undefined, "and systemd does not say how"],
])("says of %j that it ended %s", (end, words) => {
  expect(endWords(end)).toBe(words);
});
