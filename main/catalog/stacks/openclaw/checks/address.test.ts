import { describe, expect, it } from "vitest";
import { type Cell, judgeCells } from "./address.ts";

const cell = (over: Partial<Cell> = {}): Cell => ({
  address: "192.0.2.7",
  anybody: "gateway",
  withCredentials: "reads",
  guests: 0,
  ...over,
});
const first = (...cells: readonly Cell[]) => judgeCells(cells, false);

describe("other addresses of the gateway", () => {
  it("are fine when they behave like loopback", () => {
    expect(first(cell())).toMatchObject({ light: "green", summary: "Works under 192.0.2.7 too" });
  });

  it.each([
    [cell({ anybody: "silent", withCredentials: "silent" }), "Nobody answers on 192.0.2.7"],
    [cell({ anybody: "other", withCredentials: "silent" }), "Something else answers on 192.0.2.7"],
    [cell({ withCredentials: "refused", said: "HTTP 403" }), "192.0.2.7 refuses what loopback accepts (HTTP 403)"],
  ])("differ: %j", (one, words) => {
    const verdict = first(one);
    expect(verdict).toMatchObject({ light: "amber", summary: words });
    expect(verdict.findings?.[0]?.code).toBe("openclaw.auth.plane-skew");
  });

  it("that grant the bare token no rights are a trouble only without encryption and without anybody who got in", () => {
    const bare = cell({ withCredentials: "no-rights" });
    expect(first(bare).light).toBe("amber");
    expect(judgeCells([bare], true).light).toBe("green");
    expect(first({ ...bare, guests: 1 }).light).toBe("green");
  });

  it("are told from the first that differs, all of them as evidence", () => {
    const verdict = first(cell(), cell({ address: "100.64.0.1", anybody: "silent" }), cell({ address: "10.0.0.1", anybody: "other" }));
    expect(verdict.summary).toContain("100.64.0.1");
    expect(verdict.findings?.[0]?.evidence).toHaveLength(2);
  });
});
