import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer as createTcpServer, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { selfSigned } from "../../../tests/support/self-signed.ts";
import { listeningClock } from "../clock/listening-clock.ts";
import { systemClock } from "../clock/system-clock.ts";
import { nodeHttp } from "./node-http.ts";
import { type HttpPlace, httpSuite } from "./suite.ts";

const client = nodeHttp(listeningClock(systemClock));
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A TCP server on loopback that does with each connection what the test says, and the URL of it. */
async function serve(connected: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    closers.push(() => socket.destroy());
    socket.on("error", () => {});
    connected(socket);
  });
  return listening(server);
}

/** Answers after the request came, like a real server. */
const answering = (text: string | Buffer, then: (socket: Socket) => void = () => {}) =>
  serve((socket) => {
    socket.once("data", () => {
      socket.write(text);
      then(socket);
    });
  });

async function listening(server: ReturnType<typeof createTcpServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
}

async function place(): Promise<HttpPlace> {
  const server = createHttpServer((request, response) => {
    const path = request.url?.split("?")[0];
    if (path === "/hang") return;
    if (path === "/ok") response.setHeader("content-type", "application/json").end('{"ok":true}');
    else if (path === "/moved") response.writeHead(302, { location: "/ok" }).end();
    else if (path === "/echo" && request.method === "POST") request.pipe(response);
    else response.writeHead(path === "/gone" ? 410 : 404).end();
  });
  const origin = await listening(server);
  closers.push(() => server.closeAllConnections());
  const once = createTcpServer();
  const shut = await listening(once);
  await new Promise((resolve) => once.close(resolve));
  return { client, origin, shut };
}

httpSuite("nodeHttp", place);

const ask = (url: string, more: object = {}) => client.request({ url: `${url}/`, timeoutMs: 400, ...more });

describe("nodeHttp as a polite client", () => {
  it("sends headers, method and body, and asks for the connection to be closed", async () => {
    let seen = "";
    const url = await serve((socket) => {
      socket.on("data", (piece) => {
        seen += piece.toString();
        if (seen.includes("hello")) socket.end("HTTP/1.1 204 No Content\r\n\r\n");
      });
    });
    const answer = await ask(url, { method: "POST", body: "hello", headers: { authorization: "Bearer x" } });
    expect(answer).toMatchObject({ kind: "answered", status: 204 });
    expect(seen).toMatch(/^POST \/ HTTP\/1\.1\r\n/);
    expect(seen.toLowerCase()).toContain("authorization: bearer x");
    expect(seen.toLowerCase()).toContain("connection: close");
    expect(seen).toMatch(/content-length: 5/i);
  });

  it("joins repeated headers and lowers their names", async () => {
    const url = await answering("HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nX-UP: Yes\r\ncontent-length: 0\r\n\r\n");
    expect(await ask(url)).toMatchObject({ headers: { "set-cookie": "a=1, b=2", "x-up": "Yes" } });
  });

  it("reads a chunked body, and one that ends with the connection", async () => {
    const chunked = await answering("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    expect(await ask(chunked)).toMatchObject({ body: "abcde", truncated: false });
    const closing = await answering("HTTP/1.1 200 OK\r\n\r\nuntil the end", (socket) => socket.end());
    expect(await ask(closing)).toMatchObject({ body: "until the end", truncated: false });
  });

  it("takes a switch of protocols as an answer instead of waiting on it", async () => {
    const url = await answering("HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n");
    expect(await ask(url)).toMatchObject({ kind: "answered", status: 101 });
  });

  it("leaves no connection open behind it", async () => {
    let open = 0;
    const url = await serve((socket) => {
      open += 1;
      socket.on("close", () => {
        open -= 1;
      });
      socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\nconnection: keep-alive\r\ncontent-length: 2\r\n\r\nok"));
    });
    await ask(url);
    await expect.poll(() => open).toBe(0);
  });
});

describe("nodeHttp while our own event loop is held up", () => {
  const holdUp = (ms: number) => {
    const until = performance.now() + ms;
    while (performance.now() < until);
  };

  it("still hears an answer that came in time, or would have come", async () => {
    const url = await answering("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
    for (const heldMs of [300, 500]) {
      const asking = ask(url, { timeoutMs: 200 });
      await new Promise((resolve) => setImmediate(resolve));
      holdUp(heldMs);
      expect(await asking).toMatchObject({ kind: "answered", body: "ok" });
    }
  });

  it("still calls a silent server silent, once it has listened long enough", async () => {
    const url = await serve(() => {});
    const asking = ask(url, { timeoutMs: 200 });
    holdUp(400);
    const heard = performance.now();
    expect(await asking).toMatchObject({ kind: "timed-out" });
    expect(performance.now() - heard).toBeGreaterThan(90);
  });
});

describe("nodeHttp against hostile servers", () => {
  it("gives up on headers that never end", async () => {
    const url = await serve((socket) => {
      socket.once("data", () => {
        socket.write("HTTP/1.1 200 OK\r\n");
        const drip = setInterval(() => socket.write("x-a: b\r\n"), 10);
        socket.on("close", () => clearInterval(drip));
      });
    });
    expect(await ask(url)).toMatchObject({ kind: "timed-out" });
  });

  it("gives up on a body that drips for ever, although every byte comes quickly", async () => {
    const url = await answering("HTTP/1.1 200 OK\r\n\r\n", (socket) => {
      const drip = setInterval(() => socket.write("."), 10);
      socket.on("close", () => clearInterval(drip));
    });
    const answer = await ask(url);
    expect(answer).toMatchObject({ kind: "timed-out" });
    expect(answer.durationMs).toBeLessThan(1_500);
  });

  it("keeps only the beginning of an endless body, in little memory", async () => {
    const url = await answering("HTTP/1.1 200 OK\r\n\r\n", (socket) => {
      const pour = () => {
        while (socket.writable && socket.write(Buffer.alloc(65_536, "x")));
      };
      socket.on("drain", pour);
      pour();
    });
    const answer = await ask(url, { maxBytes: 1_000, timeoutMs: 5_000 });
    expect(answer).toMatchObject({ kind: "answered", truncated: true, body: "x".repeat(1_000) });
  });

  it.each([
    ["a header larger than any honest one", `HTTP/1.1 200 OK\r\nx-big: ${"y".repeat(100_000)}\r\n\r\n`, "not-http"],
    ["another protocol's greeting", "SSH-2.0-OpenSSH_9.2p1\r\n", "not-http"],
    ["garbage", Buffer.from([0, 1, 2, 255, 254, 13, 10, 13, 10]), "not-http"],
    ["an invalid chunk size", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nabc\r\n", "not-http"],
    ["two different lengths", "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab", "not-http"],
  ])("takes %s as no HTTP", async (_, text, kind) => {
    expect(await ask(await answering(text))).toMatchObject({ kind });
  });

  it("tells a server that closes without a word, and one that stops in the middle, from an answer", async () => {
    const silent = await serve((socket) => socket.once("data", () => socket.end()));
    expect(await ask(silent)).toMatchObject({ kind: "reset" });
    const half = await answering("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf", (socket) => socket.end());
    expect(await ask(half)).toMatchObject({ kind: "reset" });
    const torn = await serve((socket) => socket.once("data", () => socket.resetAndDestroy()));
    expect(await ask(torn)).toMatchObject({ kind: "reset" });
  });

  it("gives up on a server that accepts and never answers", async () => {
    expect(await ask(await serve(() => {}), { timeoutMs: 100 })).toMatchObject({ kind: "timed-out" });
  });

  it("decodes a binary body with replacement characters", async () => {
    const url = await answering(Buffer.concat([Buffer.from("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n"), Buffer.of(0xff, 0x00, 0x41)]));
    expect(await ask(url)).toMatchObject({ kind: "answered", body: "\uFFFD\u0000A" });
  });

  it("says that TLS failed when the other side speaks plain HTTP", async () => {
    const url = await answering("HTTP/1.1 400 Bad Request\r\n\r\n");
    expect(await client.request({ url: url.replace("http:", "https:"), timeoutMs: 1_000 })).toMatchObject({ kind: "tls-failed" });
  });

  it("takes a certificate that a program made itself on loopback, and from nobody who has a name", async () => {
    const server = createHttpsServer(selfSigned("gateway"), (_request, response) => response.end("ok"));
    const url = (await listening(server)).replace("http:", "https:");
    expect(await client.request({ url, timeoutMs: 5_000 })).toMatchObject({ kind: "answered", body: "ok" });
    const named = url.replace("127.0.0.1", "localhost");
    expect(await client.request({ url: named, timeoutMs: 5_000 })).toMatchObject({ kind: "tls-failed" });
  });

  it("says that a name is unknown", async () => {
    expect(await client.request({ url: "http://no-such-host.invalid/", timeoutMs: 5_000 })).toMatchObject({ kind: "dns-failed" });
  });

  it("answers for a header that cannot be sent, without repeating its value", async () => {
    const answer = await ask("http://127.0.0.1:1", { headers: { authorization: "Bearer hunter2\n" } });
    expect(answer).toMatchObject({ kind: "unreachable" });
    expect(JSON.stringify(answer)).not.toContain("hunter2");
  });
});
