import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { _electron, type ElectronApplication } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The binary is fetched from outside at first use; where that cannot be, there is nothing to start. */
function electronBinary(): string | undefined {
  const folder = join(root, "node_modules", "electron");
  const pathFile = join(folder, "path.txt");
  const file = existsSync(pathFile) ? join(folder, "dist", readFileSync(pathFile, "utf8")) : undefined;
  return file !== undefined && existsSync(file) ? file : undefined;
}

const binary = electronBinary();
const bundle = join(root, "out", "electron", "main.js");
const hasScreen = process.platform === "darwin" || (process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"] ?? "") !== "";

// `npm test` builds before it runs this; a machine with a binary but without a screen gets one from Xvfb.
describe.runIf(binary !== undefined && existsSync(bundle) && hasScreen)("the app in a real Electron (needs Electron)", () => {
  const home = mkdtempSync(join(tmpdir(), "lamplighter-smoke-"));
  let app: ElectronApplication;

  beforeAll(async () => {
    app = await _electron.launch({
      executablePath: binary ?? "",
      args: [root, "--show", ...(process.platform === "linux" ? ["--no-sandbox"] : [])],
      env: { ...(process.env as Record<string, string>), HOME: home, LAMPLIGHTER_HOME: join(home, "lamplighter") },
    });
  });
  afterAll(async () => {
    await app?.close();
    rmSync(home, { recursive: true, force: true });
  });

  it("opens the popover with a light and a sentence", async () => {
    const page = await app.firstWindow();
    await page.waitForSelector("h1");
    expect(page.url()).toBe("lamplighter://page/index.html");
    expect((await page.textContent("h1"))?.length).toBeGreaterThan(5);
  });

  it("gives the page two functions and nothing of Node", async () => {
    const page = await app.firstWindow();
    const reach = await page.evaluate(() => ({
      bridge: Object.keys((globalThis as unknown as { lamplighter: object }).lamplighter).sort(),
      node: typeof (globalThis as { process?: unknown }).process,
      require: typeof (globalThis as { require?: unknown }).require,
    }));
    expect(reach).toEqual({ bridge: ["call", "subscribe"], node: "undefined", require: "undefined" });
  });

  it("answers calls of the contract and refuses others", async () => {
    const page = await app.firstWindow();
    const replies = await page.evaluate(async () => {
      const { call } = (globalThis as unknown as { lamplighter: { call(name: string, input: unknown): Promise<{ ok: boolean }> } })
        .lamplighter;
      return [await call("getSnapshot", {}), await call("toString", {})].map((reply) => reply.ok);
    });
    expect(replies).toEqual([true, false]);
  });

  it("holds the lock that lets only one light run", async () => {
    const single = await app.evaluate(({ app: electronApp }) => electronApp.hasSingleInstanceLock());
    expect(single).toBe(true);
  });
});
