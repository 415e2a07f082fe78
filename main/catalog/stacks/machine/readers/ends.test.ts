import { expect, it } from "vitest";
import { codes } from "../codes.ts";
import { readExit, readSignal } from "./ends.ts";

it.each([
  [0, undefined],
  [130, undefined],
  [143, undefined],
  [1, codes.crashLoop],
  [75, codes.crashLoop],
  [78, codes.spawnFailed],
  [126, codes.spawnFailed],
  [127, codes.spawnFailed],
  [137, codes.memoryKilled],
])("exit %d means %s", (exit, code) => expect(readExit(exit)?.code).toBe(code));

it.each([
  [1, undefined],
  [2, undefined],
  [15, undefined],
  [6, codes.crashLoop],
  [9, codes.codeIdentity],
  [11, codes.crashLoop],
])("signal %d means %s", (signal, code) => expect(readSignal(signal)?.code).toBe(code));
