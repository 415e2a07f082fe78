import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aRedSnapshot, fakeApp } from "../../../tests/support/fake-app.ts";
import { openPage } from "../../../tests/support/http-caller.ts";
import { appTransport } from "../app-transport.ts";
import { findRunning } from "./find-running.ts";
import { writeRunFile } from "./run-file.ts";
import { serveHttp } from "./serve-http.ts";

const token = "t".repeat(43);
let dir = "";
const servers: Server[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "lamplighter-find-"));
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  await rm(dir, { recursive: true });
});

/** Another program that took over the TCP port of a dead run. */
async function stranger(answer: (end: (text: string) => void) => void): Promise<number> {
  const server = createServer((_, response) => answer((text) => response.end(text)));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

describe("findRunning", () => {
  it("gives a working one-time address and the light of the server that runs", async () => {
    const host = await serveHttp({ transport: appTransport(fakeApp({ snapshot: aRedSnapshot() })), rendererDir: null });
    await writeRunFile(dir, { pid: process.pid, port: host.port, token: host.token });
    const running = await findRunning(dir);
    expect(running).toMatchObject({ pid: process.pid, port: host.port, snapshot: { light: "red" } });
    expect((await openPage(running?.url ?? "")).port).toBe(host.port);
    await host.close();
  });

  it("is null without a file, and with one that nobody stands behind", async () => {
    expect(await findRunning(dir)).toBeNull();
    await writeRunFile(dir, { pid: process.pid, port: await stranger(() => {}), token });
    servers[0]?.close();
    expect(await findRunning(dir)).toBeNull();
  });

  it.each([
    ["not JSON", "hello"],
    ["no address", "{}"],
    ["an address elsewhere", '{"url":"http://evil.example/open?once=x"}'],
    ["an endless answer", "x".repeat(5_000_000)],
  ])("does not believe a stranger on the TCP port who says %s", async (_, text) => {
    await writeRunFile(dir, { pid: process.pid, port: await stranger((end) => end(text)), token });
    expect(await findRunning(dir)).toBeNull();
  });

  it("does not wait for a stranger who says nothing", async () => {
    await writeRunFile(dir, { pid: process.pid, port: await stranger(() => {}), token });
    const started = performance.now();
    expect(await findRunning(dir)).toBeNull();
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
