import { describe, expect, it } from "vitest";
import type { TcpListener } from "../ports/machine.ts";
import { portHolder } from "./port-holder.ts";

const listener = (name: string, more: Partial<TcpListener> = {}): TcpListener => ({
  address: "127.0.0.1",
  port: 18_789,
  pid: 4242,
  process: { pid: 4242, ppid: 7, user: "sam", name, command: `${name} --token s3cret`, state: "sleeping" },
  ...more,
});

describe("portHolder", () => {
  it("says who, since when and whose child", () => {
    expect(portHolder(listener("python3", { since: "09:12", parentName: "zsh" }))).toBe(
      "python3 (process 4242, since 09:12, child of zsh)",
    );
  });

  it("names the unit rather than the manager that started it", () => {
    expect(portHolder(listener("node", { since: "Nov 20, 09:12", parentName: "systemd", unit: "other.service" }))).toBe(
      "node (process 4242, since Nov 20, 09:12, of other.service)",
    );
  });

  it("leaves out what is not known", () => {
    expect(portHolder(listener("node"))).toBe("node (process 4242)");
    expect(portHolder({ address: "::1", port: 1 })).toBe("another account");
    expect(portHolder(listener(" "))).toBe("a nameless program (process 4242)");
  });

  it("stays one short line whatever a process calls itself, and shows no command", () => {
    const shown = portHolder(listener(`evil\n\u001B[2J${"x".repeat(500)}`, { parentName: "p".repeat(500) }));
    expect(shown).not.toMatch(/\p{Cc}/u);
    expect(shown.length).toBeLessThan(140);
    expect(shown).not.toContain("s3cret");
  });
});
