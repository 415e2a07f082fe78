import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { WebSocket } from "ws";
import { drip, type HostileGateway, hostileGateway, type Misbehaviour, pour } from "../support/hostile-gateway.ts";
import { type HostileHome, hostileHome, workingConfig } from "../support/hostile-home.ts";
import { describeLook, type HostileLook, look, lookAtText, summaryOf } from "../support/hostile-look.ts";

let home: HostileHome;
let gateway: HostileGateway | undefined;
beforeAll(() => {
  home = hostileHome();
});
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});
afterAll(() => home.remove());

async function against(bad: Misbehaviour): Promise<HostileLook> {
  gateway = await hostileGateway(bad);
  home.config(workingConfig(home, gateway.port));
  return look(home);
}

const SWITCH = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
const upgrade = (text: string): Misbehaviour => ({ upgrade: (socket) => void socket.end(text) });

describe("a gateway whose upgrade to a WebSocket is", () => {
  const cases: Readonly<Record<string, Misbehaviour>> = {
    "refused with a page without end": {
      upgrade: (socket) => {
        socket.write("HTTP/1.1 403 Forbidden\r\n\r\n");
        pour(socket, "x".repeat(65_536));
      },
    },
    "a redirect": upgrade("HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:1/\r\n\r\n"),
    "answered with a wrong key": upgrade(`${SWITCH}Sec-WebSocket-Accept: bm9wZQ==\r\n\r\n`),
    "answered with an extension nobody asked for": upgrade(`${SWITCH}Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n`),
    "headers that drip": {
      upgrade: (socket) => {
        socket.write("HTTP/1.1 101 Switching Protocols\r\n");
        drip(socket, "x-a: b\r\n");
      },
    },
    silence: { upgrade: () => {} },
    "the end": { upgrade: (socket) => void socket.destroy() },
    garbage: upgrade("\u0000\u0001\u0002 nonsense"),
  };
  it.each(Object.entries(cases))("%s is amber: live, and yet no way in", async (_, bad) => {
    const { roots, stack } = await against(bad);
    expect(stack.light, describeLook(stack)).toBe("amber");
    expect(["openclaw.ladder", "openclaw.auth.plane-skew"]).toContain(roots[0]);
  });
});

/** Sends frames for as long as they are taken, up to a megabyte ahead. */
function floodWith(socket: WebSocket, make: () => string | Uint8Array): void {
  const pump = setInterval(() => {
    for (let i = 0; i < 200 && socket.bufferedAmount < 1_000_000; i += 1) socket.send(make());
  }, 1);
  socket.on("close", () => clearInterval(pump));
}

describe("a WebSocket partner that", () => {
  const says = (text: string | Uint8Array): Misbehaviour => ({ socket: (socket) => socket.send(text) });
  const floods = (make: () => string | Uint8Array): Misbehaviour => ({ socket: (socket) => floodWith(socket, make) });
  const challenges = (nonce: unknown): Misbehaviour =>
    says(JSON.stringify({ type: "event", event: "connect.challenge", payload: { nonce } }));
  const closes = (code: number, reason: string): Misbehaviour => ({ socket: (socket) => socket.close(code, reason) });
  const cases: Readonly<Record<string, readonly [Misbehaviour, RegExp]>> = {
    "never greets": [{ socket: () => {} }, /then silence/],
    "greets with garbage": [says("\u001b[2J not json"), /not JSON/],
    "greets with bytes": [says(new Uint8Array(1_000)), /not JSON/],
    "greets with nothing": [says(""), /not JSON/],
    "greets with JSON nested without end": [says("[".repeat(1_000_000)), /not JSON/],
    "greets with deep JSON that ends": [says(`${"[".repeat(500_000)}${"]".repeat(500_000)}`), /not a challenge/],
    "greets with ninety megabytes": [says("x".repeat(90_000_000)), /too long to be read whole/],
    "greets with a number for a nonce": [challenges(5), /not a challenge/],
    "greets with an empty nonce": [challenges(""), /not a challenge/],
    "greets with a nonce without end": [challenges("n".repeat(3_000_000)), /too long to be read whole/],
    "greets with a nonce of a megabyte, and says no more": [challenges("n".repeat(1_000_000)), /No answer|Did not answer/],
    "floods with small frames": [floods(() => '{"type":"event","event":"tick"}'), /./],
    "floods with large frames": [floods(() => "y".repeat(500_000)), /./],
    "floods with bytes": [floods(() => new Uint8Array(100_000)), /./],
    "cuts the line": [{ socket: (socket) => socket.terminate() }, /Hung up before an answer \(1006\)/],
    "goes with 4999 and a rude reason": [closes(4_999, "\u001b[31m\u0007 rude"), /4999 \[31m rude/],
    "goes with 3000": [closes(3_000, ""), /3000/],
    "goes with 1000": [closes(1_000, "bye"), /1000 bye/],
    "breaks the framing": [
      {
        upgrade: (socket, request) => {
          const key = `${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
          socket.write(`${SWITCH}Sec-WebSocket-Accept: ${createHash("sha1").update(key).digest("base64")}\r\n\r\n`);
          socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
        },
      },
      /1002 a frame broke/,
    ],
  };
  it.each(Object.entries(cases))("%s is amber, never green and never a stopped gateway", async (_, [bad, reason]) => {
    const { roots, stack } = await against(bad);
    expect(stack.light, describeLook(stack)).toBe("amber");
    expect(["openclaw.ladder", "openclaw.gateway.frozen"]).toContain(roots[0]);
    expect(summaryOf(stack, "session")).toMatch(reason);
  });

  it("goes with the words of a rejection is believed", async () => {
    const { roots, stack } = await against(closes(1_008, "unauthorized: ".padEnd(120, "x")));
    expect([stack.light, roots[0]]).toEqual(["red", "openclaw.auth.token-missing"]);
  });
});

describe("a refusal at the door", () => {
  const refuses = (error: unknown): Misbehaviour => ({
    call: (method, id) => (method === "connect" ? [JSON.stringify({ type: "res", id, ok: false, error })] : undefined),
  });
  const tooMany = "too many failed authentication attempts";
  const endless = { code: "c".repeat(100_000), reason: "r".repeat(100_000) };
  const cases: Readonly<Record<string, readonly [Misbehaviour, string]>> = {
    "without a reason": [refuses(undefined), "openclaw.ladder"],
    "with a number": [refuses(42), "openclaw.ladder"],
    "with a text of a megabyte": [refuses({ message: "t".repeat(800_000), details: endless }), "openclaw.ladder"],
    "with a code that every object has": [
      refuses({ message: "", details: { code: "constructor", reason: "__proto__", authReason: "toString" } }),
      "openclaw.ladder",
    ],
    "with a reason that every object has": [refuses({ message: "", details: { reason: "hasOwnProperty" } }), "openclaw.ladder"],
    "with a pause of a thousand years": [refuses({ message: tooMany, retryAfterMs: 1e300 }), "openclaw.auth.rate-limited"],
    "with a pause in the past": [refuses({ message: tooMany, retryAfterMs: -1e300 }), "openclaw.auth.rate-limited"],
  };
  it.each(Object.entries(cases))("%s is told in a few words", async (_, [bad, code]) => {
    const { printed, roots, stack } = await against(bad);
    expect(roots[0], describeLook(stack)).toBe(code);
    expect(["amber", "red"]).toContain(stack.light);
    expect(printed.length).toBeLessThan(20_000);
    expect(printed).not.toMatch(/e\+\d{2}/);
  });

  it("with a request number that is a command gives no command to copy", async () => {
    const requestId = "$(touch /tmp/owned); --all \u001b[2J";
    const { roots } = await against(refuses({ message: "pairing required", details: { code: "PAIRING_REQUIRED", requestId } }));
    expect(roots[0]).toBe("openclaw.auth.pairing-required");
    expect(await lookAtText(home)).not.toMatch(/touch|--all/);
  });
});
