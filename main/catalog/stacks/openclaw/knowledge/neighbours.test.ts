import { describe, expect, it } from "vitest";
import { judgeNeighbours, type Own } from "./neighbours.ts";

const own: Own = { port: 18_789, answers: true, uptimeMs: 3_600_000, where: "port 18789" };

describe("gateways beside ours", () => {
  it("are nothing to speak of while there are none, or ours does not answer", () => {
    expect(judgeNeighbours([], own)).toEqual([]);
    expect(judgeNeighbours([{ port: 19_001 }], { ...own, answers: false })).toEqual([]);
  });

  it("are named with release and process, and warned of", () => {
    const [raised] = judgeNeighbours([{ port: 19_001, version: "2026.5.5", pid: 77, uptimeMs: 5_000 }], own);
    expect(raised).toMatchObject({ code: "openclaw.gateway.multiple-reachable", light: "amber", params: { count: 2 } });
    expect(raised?.evidence.map((one) => one.text)).toEqual([
      "Ours: port 18789",
      "A gateway answers on port 19001 too, release 2026.5.5, process 77",
    ]);
  });

  it("are a note when each keeps a profile of its own, because somebody set that up", () => {
    expect(judgeNeighbours([{ port: 19_001, profile: "dev" }], own)[0]?.light).toBe("green");
    expect(judgeNeighbours([{ port: 19_001, profile: "dev" }, { port: 20_000 }], own)[0]?.light).toBe("amber");
  });

  it("are ours again at the other end of a tunnel: the same run tells the same age", () => {
    expect(judgeNeighbours([{ port: 19_001, uptimeMs: 3_600_900 }], own)).toEqual([]);
    expect(judgeNeighbours([{ port: 19_001, uptimeMs: 3_603_000 }], own)).toHaveLength(1);
  });
});
