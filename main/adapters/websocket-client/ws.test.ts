import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer as createTcpServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { selfSigned } from "../../../tests/support/self-signed.ts";
import { listeningClock } from "../clock/listening-clock.ts";
import { systemClock } from "../clock/system-clock.ts";
import { type WebSocketPlace, webSocketSuite } from "./suite.ts";
import { wsClient } from "./ws.ts";

const client = wsClient(listeningClock(systemClock));
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => server.close());
  const address = server.address();
  return `ws://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
}

async function place(): Promise<WebSocketPlace> {
  const http = createHttpServer();
  const peers = new WebSocketServer({ noServer: true });
  const sockets = new Set<Socket>();
  http.on("connection", (socket) => sockets.add(socket));
  http.on("upgrade", (request, socket, head) => {
    if (request.url === "/hang") return;
    if (request.url === "/reject") return void socket.end("HTTP/1.1 401 Unauthorized\r\ncontent-length: 8\r\n\r\nno entry");
    peers.handleUpgrade(request, socket, head, (peer) => {
      const greet = { "/echo": ["one", "two"], "/flood": Array.from({ length: 300 }, String), "/large": ["x".repeat(2_000)] };
      for (const [path, frames] of Object.entries(greet)) if (path === request.url) for (const frame of frames) peer.send(frame);
      peer.on("message", (data) => (request.url === "/close" ? peer.close(1008, "pairing required") : peer.send(data.toString())));
    });
  });
  const origin = await listening(http);
  const once = createTcpServer();
  const shut = await listening(once);
  await new Promise((resolve) => once.close(resolve));
  const vanish = () => {
    for (const socket of sockets) socket.destroy();
  };
  closers.push(vanish);
  return { client, origin, shut, vanish, pass: (ms) => systemClock.sleep(ms) };
}

webSocketSuite("wsClient", place);

describe("wsClient while our own event loop is held up", () => {
  it("still opens, hears a frame and a pong", async () => {
    const { origin } = await place();
    const holdUp = (ms: number) => {
      const until = performance.now() + ms;
      while (performance.now() < until);
    };
    const opening = client.open({ url: `${origin}/echo`, timeoutMs: 200 });
    setTimeout(() => holdUp(400), 1);
    const opened = await opening;
    expect(opened.kind).toBe("open");
    if (opened.kind !== "open") return;
    expect(await opened.connection.next(1_000)).toEqual({ kind: "text", text: "one" });
    expect(await opened.connection.next(1_000)).toEqual({ kind: "text", text: "two" });
    const ponging = opened.connection.ping(200);
    holdUp(400);
    expect(await ponging).toBeLessThan(200);
    opened.connection.send("three");
    const hearing = opened.connection.next(200);
    holdUp(400);
    expect(await hearing).toEqual({ kind: "text", text: "three" });
    opened.connection.close();
  });
});

/** Answers each upgrade with raw bytes; `accept` in the text stands for the right accept key. */
async function raw(text: string | Buffer, then: (socket: Socket) => void = () => {}): Promise<string> {
  const { createHash } = await import("node:crypto");
  return listening(
    createTcpServer((socket) => {
      closers.push(() => socket.destroy());
      socket.on("error", () => {});
      socket.once("data", (request) => {
        const key = /sec-websocket-key: (\S+)/i.exec(request.toString())?.[1] ?? "";
        const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
        socket.write(typeof text === "string" ? text.replace("{accept}", accept) : text);
        then(socket);
      });
    }),
  );
}

const upgraded = "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: {accept}\r\n\r\n";
const open = (url: string, more: object = {}) => client.open({ url: `${url}/`, timeoutMs: 400, ...more });
async function connected(url: string, more?: object) {
  const opening = await open(url, more);
  if (opening.kind !== "open") throw new Error(`not open: ${opening.kind}`);
  return opening.connection;
}

describe("wsClient's request", () => {
  it("carries our headers, and neither an Origin nor an offer to compress", async () => {
    let request = "";
    const server = createTcpServer((socket) => {
      socket.once("data", (piece) => {
        request = piece.toString().toLowerCase();
        socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
      });
    });
    await open(await listening(server), { headers: { authorization: "Bearer x" } });
    expect(request).toContain("authorization: bearer x");
    expect(request).toContain("upgrade: websocket");
    expect(request).not.toMatch(/^origin:/m);
    expect(request).not.toContain("sec-websocket-extensions");
  });

  it("does not follow redirects, but says where they lead", async () => {
    const url = await raw("HTTP/1.1 302 Found\r\nlocation: ws://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n");
    expect(await open(url)).toEqual({ kind: "rejected", status: 302, body: "", location: "ws://127.0.0.1:1/" });
  });
});

describe("wsClient against hostile servers", () => {
  it.each([
    ["another protocol's greeting", "SSH-2.0-OpenSSH_9.2p1\r\n", "not-http"],
    ["garbage", Buffer.from([0, 1, 2, 255, 13, 10, 13, 10]), "not-http"],
    ["the wrong accept key", upgraded.replace("{accept}", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="), "not-http"],
    ["a huge header", `HTTP/1.1 101 Switching\r\nx: ${"y".repeat(100_000)}\r\n\r\n`, "not-http"],
  ])("takes %s as no WebSocket", async (_, text, kind) => {
    expect(await open(await raw(text))).toMatchObject({ kind });
  });

  it("gives up on an answer that drips for ever", async () => {
    const url = await raw("HTTP/1.1 101 Switching Protocols\r\n", (socket) => {
      const drip = setInterval(() => socket.write("x-a: b\r\n"), 10);
      socket.on("close", () => clearInterval(drip));
    });
    expect(await open(url)).toMatchObject({ kind: "timed-out" });
  });

  it("keeps only the beginning of an endless rejection", async () => {
    const url = await raw("HTTP/1.1 503 Service Unavailable\r\n\r\n", (socket) => {
      const pour = () => {
        while (socket.writable && socket.write(Buffer.alloc(65_536, "x")));
      };
      socket.on("drain", pour);
      pour();
    });
    const opening = await open(url, { timeoutMs: 5_000 });
    expect(opening).toMatchObject({ kind: "rejected", status: 503 });
    expect(opening.kind === "rejected" && opening.body.length).toBe(8_192);
  });

  it("keeps the status of a rejection whose body never ends", async () => {
    const url = await raw("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 100\r\n\r\nhalf");
    expect(await open(url, { timeoutMs: 150 })).toMatchObject({ kind: "rejected", status: 502 });
  });

  it("tells a server that hangs up from one that refuses", async () => {
    expect(await open(await raw("", (socket) => socket.end()))).toMatchObject({ kind: "reset" });
    expect(await open(await raw("", (socket) => socket.resetAndDestroy()))).toMatchObject({ kind: "reset" });
  });

  it.each([
    ["a masked frame", [0x81, 0x81, 1, 2, 3, 4, 0x40], 1002],
    ["an unknown opcode", [0x83, 0x00], 1002],
    ["reserved bits", [0xf1, 0x00], 1002],
    ["text that is not UTF-8", [0x81, 0x02, 0xc3, 0x28], 1007],
    ["a frame that claims to hold 2^62 bytes", [0x81, 0x7f, 0x40, 0, 0, 0, 0, 0, 0, 0], 1009],
  ])("ends the connection at %s", async (_, bytes, code) => {
    const connection = await connected(await raw(upgraded, (socket) => socket.write(Buffer.from(bytes))));
    const heard: number[] = [];
    connection.onClosed((close) => heard.push(close.code));
    expect(await connection.next(1_000)).toMatchObject({ kind: "closed", close: { code } });
    expect(heard).toEqual([code]);
  });

  it("ends the connection when small pieces add up to more than one frame may hold", async () => {
    const piece = Buffer.concat([Buffer.of(0x00, 0x7e, 0x01, 0x00), Buffer.alloc(256)]);
    const url = await raw(upgraded, (socket) => {
      socket.write(Buffer.of(0x01, 0x00));
      for (let i = 0; i < 20; i++) socket.write(piece);
    });
    const connection = await connected(url, { maxFrameBytes: 1_000 });
    expect(await connection.next(1_000)).toMatchObject({ kind: "closed", close: { code: 1009 } });
  });

  it("reads a binary frame by its size only", async () => {
    const connection = await connected(await raw(upgraded, (socket) => socket.write(Buffer.of(0x82, 0x03, 1, 2, 3))));
    expect(await connection.next(1_000)).toEqual({ kind: "binary", bytes: 3 });
    connection.close();
  });

  it("gives no round trip when pongs stay away or answer something else", async () => {
    const url = await raw(upgraded, (socket) => socket.on("data", () => socket.write(Buffer.of(0x8a, 0x01, 0x78))));
    const connection = await connected(url);
    expect(await connection.ping(80)).toBeNull();
    connection.close();
  });

  it("wakes a waiting ping when the connection breaks", async () => {
    const connection = await connected(await raw(upgraded, (socket) => setTimeout(() => socket.destroy(), 50)));
    const start = performance.now();
    expect(await connection.ping(10_000)).toBeNull();
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it("drops a peer that does not answer our close", async () => {
    let gone = false;
    const url = await raw(upgraded, (socket) =>
      socket.on("close", () => {
        gone = true;
      }),
    );
    const connection = await connected(url);
    connection.close();
    await expect.poll(() => gone, { timeout: 3_000 }).toBe(true);
  });

  it("answers for a header that cannot be sent, without repeating its value", async () => {
    const opening = await open("ws://127.0.0.1:1", { headers: { authorization: "Bearer hunter2\n" } });
    expect(opening).toMatchObject({ kind: "unreachable" });
    expect(JSON.stringify(opening)).not.toContain("hunter2");
  });

  it("takes a certificate that a program made itself on loopback, and from nobody who has a name", async () => {
    const server = createHttpsServer(selfSigned("gateway"));
    const peers = new WebSocketServer({ server });
    closers.push(() => peers.close());
    const url = (await listening(server)).replace("ws:", "wss:");
    const opening = await client.open({ url, timeoutMs: 5_000 });
    expect(opening.kind).toBe("open");
    if (opening.kind === "open") opening.connection.close();
    expect(await client.open({ url: url.replace("127.0.0.1", "localhost"), timeoutMs: 5_000 })).toMatchObject({ kind: "tls-failed" });
  });

  it("says that a name is unknown, and that TLS failed", async () => {
    expect(await client.open({ url: "ws://no-such-host.invalid/", timeoutMs: 5_000 })).toMatchObject({ kind: "dns-failed" });
    const plain = await raw("HTTP/1.1 400 Bad Request\r\n\r\n");
    expect(await client.open({ url: plain.replace("ws:", "wss:"), timeoutMs: 1_000 })).toMatchObject({ kind: "tls-failed" });
  });
});
