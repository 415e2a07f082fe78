import { describe, expect, it } from "vitest";
import { worldContext } from "../../../../tests/support/world-context.ts";
import { check } from "../../../core/model/check.ts";
import type { ProcessFacts } from "../../../core/ports/machine.ts";
import { type PidSource, processProbe } from "./index.ts";

const gateway: ProcessFacts = {
  pid: 812,
  ppid: 1,
  user: "sam",
  name: "node",
  command: "node gateway.js --token s3cret",
  state: "sleeping",
  rssBytes: 209_715_200,
};
const other: ProcessFacts = { pid: 77, ppid: 1, user: "sam", name: "sh", command: "sh", state: "running" };
const probe = (find: RegExp | PidSource) => check({ id: "p", title: "Process" }, processProbe, { name: "the gateway", find });
const look = async (find: RegExp | PidSource, processes: readonly ProcessFacts[]) => {
  const bound = probe(find);
  return bound.judge(await bound.observe(worldContext({ processes }).context), []);
};

describe("a process", () => {
  it("is found by its command line, which is not shown", async () => {
    const verdict = await look(/gateway\.js/, [other, gateway]);
    expect(verdict).toEqual({ light: "green", summary: "Process 812 runs, 200 MB" });
  });

  it("is found by a number somebody else knows", async () => {
    expect(await look(async () => 77, [other, gateway])).toMatchObject({ light: "green", summary: "Process 77 runs" });
  });

  it("is missed when there is none, no number, or only the remains of one", async () => {
    expect(await look(/gateway/, [other])).toEqual({ light: "red", summary: "No sign of the gateway" });
    expect((await look(async () => null, [gateway])).light).toBe("red");
    expect((await look(async () => 4, [gateway])).light).toBe("red");
    expect((await look(/gateway/, [{ ...gateway, state: "zombie" }])).light).toBe("red");
  });

  it("is red when it is stopped: alive, but frozen", async () => {
    const verdict = await look(/gateway/, [{ ...gateway, state: "stopped" }]);
    expect(verdict).toEqual({ light: "red", summary: "Process 812 (the gateway) is stopped: alive, but frozen" });
  });

  it("counts several", async () => {
    expect((await look(/./, [gateway, other])).summary).toBe("2 processes run");
  });

  it("is asked through the context, so that a port owner can be the source", async () => {
    const outside = worldContext({ listeners: [{ address: "127.0.0.1", port: 1, pid: 812 }], processes: [gateway] });
    const owner = probe(async ({ ports }) => (await ports.tcp.listeners(1))[0]?.pid ?? null);
    expect(await owner.observe(outside.context)).toEqual([gateway]);
  });
});
