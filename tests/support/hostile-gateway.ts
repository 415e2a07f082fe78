import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { gatewayPeer } from "../../main/catalog/stacks/openclaw/demos/gateway-peer.ts";
import { payloads } from "../../main/catalog/stacks/openclaw/demos/payloads.ts";
import { hostileToken } from "./hostile-home.ts";

/** What a server on the gateway's port does instead of what a gateway does; every part that is left out is honest. */
export type Misbehaviour = {
  /** Takes the whole TCP connection. */
  readonly tcp?: (socket: Socket) => void;
  /** Answers a plain request; says true when it did. */
  readonly http?: (path: string, response: ServerResponse, request: IncomingMessage) => boolean;
  /** Answers the upgrade by itself. */
  readonly upgrade?: (socket: Socket, request: IncomingMessage) => void;
  /** Takes the open WebSocket: nothing is sent in its place. */
  readonly socket?: (socket: WebSocket) => void;
  /** Payload of the greeting after the log-in, as JSON text. */
  readonly hello?: (honest: Readonly<Record<string, unknown>>) => string;
  /** Called once a client is let in. */
  readonly afterHello?: (socket: WebSocket) => void;
  /** Answers a call: raw frames to send, or undefined for the honest answer. */
  readonly call?: (method: string, id: string, socket: WebSocket) => readonly (string | Uint8Array)[] | undefined;
};

export type HostileGateway = {
  readonly port: number;
  /** Connections that are open now. */
  open(): number;
  /** Plain requests so far, by path. */
  asked(path: string): number;
  close(): Promise<void>;
};

const honest: Readonly<Record<string, string>> = {
  "/healthz": '{"ok":true,"status":"live"}',
  "/readyz": '{"ready":true,"failing":[],"uptimeMs":3600000}',
  "/startupz": '{"status":"started","version":"2026.9.6","uptimeMs":3600000}',
};

/** A server on loopback that is a gateway in everything but what the misbehaviour says. */
export async function hostileGateway(bad: Misbehaviour = {}, port = 0): Promise<HostileGateway> {
  const open = new Set<Socket>();
  const asked = new Map<string, number>();
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const http = createServer((request, response) => {
    const path = request.url ?? "/";
    asked.set(path, (asked.get(path) ?? 0) + 1);
    if (bad.http?.(path, response, request) === true) return;
    const body = honest[path];
    response.setHeader("content-type", body === undefined ? "text/html" : "application/json");
    response.end(body ?? "<!doctype html><title>OpenClaw</title>");
  });
  http.on("upgrade", (request, socket: Socket, head) => {
    // Read on, or the other side's end is never noticed.
    if (bad.upgrade !== undefined)
      return bad.upgrade(
        socket.resume().on("end", () => socket.end()),
        request,
      );
    sockets.handleUpgrade(request, socket, head, (one) => {
      one.on("error", () => {});
      if (bad.socket === undefined) speak(one, bad);
      else bad.socket(one);
    });
  });
  const server = bad.tcp === undefined ? http : createTcpServer(bad.tcp);
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => {}).on("close", () => open.delete(socket));
    if (bad.tcp !== undefined) socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    open: () => open.size,
    asked: (path) => asked.get(path) ?? 0,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function speak(socket: WebSocket, { hello, afterHello, call }: Misbehaviour): void {
  const nowMs = Date.now();
  const startedMs = nowMs - 3_600_000;
  const answers = payloads(nowMs, startedMs);
  const peer = gatewayPeer({ version: "2026.9.6", nowMs, startedMs, stateDir: "/s", token: hostileToken, paired: false, answers });
  for (const frame of peer.greet) socket.send(frame);
  socket.on("message", (data) => {
    const said = String(data);
    const { id = "", method = "" } = JSON.parse(said) as { id?: string; method?: string };
    const instead = call?.(method, id, socket);
    if (instead !== undefined) {
      for (const frame of instead) socket.send(frame);
      return;
    }
    const reply = peer.answer(said);
    for (const frame of reply.send) {
      const { payload } = JSON.parse(frame) as { payload?: Readonly<Record<string, unknown>> };
      const changed = method === "connect" && payload !== undefined && hello !== undefined;
      socket.send(changed ? `{"type":"res","id":${JSON.stringify(id)},"ok":true,"payload":${hello(payload)}}` : frame);
      if (method === "connect" && payload !== undefined) afterHello?.(socket);
    }
    if (reply.close !== undefined) socket.close(reply.close.code, reply.close.reason);
  });
}

/** Sends pieces until the other side has had enough, no faster than it reads. */
export function pour(socket: Socket | ServerResponse, piece: string): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on("drain", more).on("error", () => {});
  more();
}

/** Sends a little, again and again, for as long as the other side listens. */
export function drip(socket: Socket | ServerResponse, piece: string): void {
  const pump = setInterval(() => socket.write(piece), 20);
  socket.on("close", () => clearInterval(pump)).on("error", () => {});
}
