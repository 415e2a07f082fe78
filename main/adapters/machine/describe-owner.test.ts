import { describe, expect, it } from "vitest";
import type { ProcessFacts } from "../../core/ports/machine.ts";
import { describeOwner } from "./describe-owner.ts";
import { localTime } from "./local-time.ts";

const facts = (pid: number, ppid: number, name: string, startedMs?: number): ProcessFacts => ({
  pid,
  ppid,
  name,
  user: "sam",
  command: name,
  state: "sleeping",
  ...(startedMs === undefined ? {} : { startedMs }),
});
const among = (...all: readonly ProcessFacts[]) => ({
  inspect: async (pid: number) => all.find((each) => each.pid === pid) ?? null,
  find: async () => [],
});

describe("describeOwner", () => {
  it("tells the process, its parent and since when", async () => {
    const startedMs = Date.now() - 1000;
    const owner = facts(42, 7, "python3", startedMs);
    expect(await describeOwner(among(owner, facts(7, 1, "zsh")), 42)).toEqual({
      process: owner,
      parentName: "zsh",
      since: localTime(startedMs, Date.now()),
    });
  });

  it("leaves out what is not known", async () => {
    expect(await describeOwner(among(facts(42, 7, "python3")), 42)).toEqual({ process: facts(42, 7, "python3") });
    expect(await describeOwner(among(facts(1, 0, "init")), 1)).toEqual({ process: facts(1, 0, "init") });
    expect(await describeOwner(among(), 42)).toEqual({});
    expect(await describeOwner(among(), undefined)).toEqual({});
  });
});
