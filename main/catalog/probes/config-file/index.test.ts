import { describe, expect, it } from "vitest";
import { worldContext } from "../../../../tests/support/world-context.ts";
import { check } from "../../../core/model/check.ts";
import { type ConfigFileSeen, configFileProbe, type ParseConfig } from "./index.ts";

const path = "/home/sam/.tool/tool.json";
type Port = { readonly port: number };
const readPort: ParseConfig<Port> = (text, { learnSecret }) => {
  const raw = JSON.parse(text) as { port?: unknown; token?: unknown };
  if (typeof raw.token === "string") learnSecret(raw.token, "token");
  return typeof raw.port === "number"
    ? { ok: true, value: { port: raw.port } }
    : { ok: false, problem: { line: 2, column: 3, message: "port is not a number" } };
};
const probe = (parse: ParseConfig<Port> = readPort, maxBytes = 1_000) =>
  check({ id: "config", title: "Configuration" }, configFileProbe<Port>(), { path, maxBytes, parse });
const withText = (text: string, mode = 0o600) => worldContext({ files: { [path]: { text, mode } } });

describe("a configuration file", () => {
  it("gives what the parser made of it, and the facts about the file, but not its text", async () => {
    const outside = withText('{"port": 18789, "token": "s3cret-token"}');
    const seen = await probe().observe(outside.context);
    expect(seen).toMatchObject({ kind: "parsed", parsed: { port: 18789 }, facts: { mode: 0o600 } });
    expect(JSON.stringify(seen)).not.toContain("s3cret");
    expect(outside.learned).toEqual(["s3cret-token"]);
    expect(probe().judge(seen, [])).toEqual({ light: "green", summary: "tool.json is valid" });
  });

  it("points at the place of a problem", async () => {
    const verdict = probe().judge(await probe().observe(withText("{}").context), []);
    expect(verdict).toEqual({ light: "red", summary: "tool.json is not valid at line 2: port is not a number" });
  });

  it("does not repeat what a parser throws, since that quotes the file", async () => {
    const seen = await probe().observe(withText('{"token": "s3cret" oops').context);
    expect(seen.kind).toBe("invalid");
    expect(JSON.stringify(seen)).not.toContain("s3cret");
  });

  it("does not apply where there is no file", async () => {
    const verdict = probe().judge(await probe().observe(worldContext().context), []);
    expect(verdict).toMatchObject({ applies: false, light: "grey" });
  });

  it("is amber as a link that leads nowhere, and names what the link names", async () => {
    const verdict = probe().judge(await probe().observe(worldContext({ danglingLinks: { [path]: "/gone/tool.json" } }).context), []);
    expect(verdict).toEqual({ light: "amber", summary: "tool.json is a link to /gone/tool.json, and nothing is there" });
  });

  it("is grey when the account may not look into its folder, and says which", async () => {
    const verdict = probe().judge(await probe().observe(worldContext({ barred: ["/home/sam"] }).context), []);
    expect(verdict).toMatchObject({ light: "grey", summary: expect.stringContaining("/home/sam") });
    expect(verdict).not.toHaveProperty("applies");
  });

  it("is grey when the account may not read it", async () => {
    expect(probe().judge(await probe().observe(withText("{}", 0o000).context), []).light).toBe("grey");
  });

  it.each([
    ["huge", "x".repeat(5_000), "far too large"],
    ["binary", "\u0000\u0001\u0002", "does not hold text"],
  ])("does not read a %s file, and says why", async (_, text, words) => {
    const verdict = probe().judge(await probe().observe(withText(text).context), []);
    expect(verdict.light).toBe("amber");
    expect(verdict.summary).toContain(words);
  });

  it("keeps a long message to one line", () => {
    const facts = { kind: "file", sizeBytes: 1, modifiedMs: 0, mode: 0o600, uid: 0, inode: "1" } as const;
    const seen: ConfigFileSeen<Port> = { kind: "invalid", facts, problem: { message: `a\n${"b".repeat(400)}` } };
    expect(probe().judge(seen, []).summary).toMatch(/^[^\n]{1,90}$/);
  });
});
