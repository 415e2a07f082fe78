import { describe, expect, it } from "vitest";
import { codes } from "../codes.ts";
import { switchedOff } from "./switched-off.ts";

const read = (text: string) => switchedOff.flatMap((signature) => signature.read(text) ?? []);

describe("the overrides of launchd", () => {
  it("tell a job that is switched off", () => {
    expect(read('\n\tdisabled services = {\n\t\t"org.example.agent" => disabled\n\t\t"org.example.b" => enabled\n\t}')).toEqual([
      { line: '"org.example.agent" => disabled', confidence: 0.85 },
    ]);
  });

  it("mean disabled by true, in old releases", () => {
    expect(read('disabled services = {\n\t"org.example.agent" => true\n}')[0]?.line).toBe('"org.example.agent" => true');
    expect(read('disabled services = {\n\t"org.example.agent" => false\n}')).toEqual([]);
  });

  it("do not read true outside their block", () => expect(read('"org.example.agent" => true')).toEqual([]));

  it("are less telling in a long list, where something is always off", () => {
    const rows = Array.from({ length: 30 }, (_, index) => `\t"org.example.n${index}" => ${index === 7 ? "disabled" : "enabled"}`);
    expect(read(`disabled services = {\n${rows.join("\n")}\n}`)[0]?.confidence).toBeLessThan(0.5);
  });

  it("of the system itself are nobody's fault", () => {
    expect(read('disabled services = {\n\t"com.apple.ftpd" => disabled\n}')).toEqual([]);
  });

  it.each(['"a" => disabled in some text', '{ "x" => 1 }', "disabled services = {\n}", ""])("are not seen in %j", (text) =>
    expect(read(text)).toEqual([]),
  );
});

describe("the records of login items", () => {
  const record = (flags: string, id = "org.example.app"): string =>
    `                 Name: Example\n          Disposition: [${flags}] (2)\n           Identifier: ${id}\n`;

  it.each(["disabled, allowed, visible, not notified", "enabled, disallowed, visible, notified", "enabled, not allowed, visible"])(
    "tell one that is off: %s",
    (flags) => {
      const [hit] = read(record(flags));
      expect(hit?.line).toContain("Disposition: [");
      expect(switchedOff.map((signature) => signature.code)).toEqual([codes.disabled]);
    },
  );

  it("need both switches on", () => expect(read(record("enabled, allowed, visible, notified"))).toEqual([]));
  it("of the system itself are left out", () => expect(read(record("disabled, allowed", "com.apple.weather"))).toEqual([]));
  it("are less telling in a whole dump", () => {
    expect(read(record("disabled, allowed").repeat(12))[0]?.confidence).toBe(0.5);
  });
});
