import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listeningClock } from "../clock/listening-clock.ts";
import { systemClock } from "../clock/system-clock.ts";
import { tcpConnect } from "./tcp-connect.ts";

const clock = listeningClock(systemClock);
let server: Server;
let port = 0;
beforeAll(async () => {
  server = createServer((socket) => socket.on("error", () => {}));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const address = server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
});
afterAll(() => server.close());

describe("tcpConnect", () => {
  it("opens by address and by name, and closes at once", async () => {
    expect(await tcpConnect(clock, "127.0.0.1", port, 2000)).toMatchObject({ kind: "open" });
    expect(await tcpConnect(clock, "localhost", port, 2000)).toMatchObject({ kind: "open" });
    const open = () => new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
    await expect.poll(open).toBe(0);
  });

  it("is refused by every address of a name at once", async () => {
    expect(await tcpConnect(clock, "localhost", 1, 2000)).toEqual({ kind: "refused", reason: "ECONNREFUSED" });
  });

  it("opens although our own event loop is held up for longer than the time-out", async () => {
    const opening = tcpConnect(clock, "127.0.0.1", port, 100);
    const until = performance.now() + 250;
    while (performance.now() < until);
    expect(await opening).toMatchObject({ kind: "open" });
  });

  it("calls a port out of range unreachable instead of throwing", async () => {
    expect(await tcpConnect(clock, "127.0.0.1", 0, 500)).not.toMatchObject({ kind: "open" });
  });
});
