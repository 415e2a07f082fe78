import { describe, expect, it } from "vitest";
import { type Outside, onMac, running } from "../../../../../tests/support/openclaw-outside.ts";
import type { WebSocketPeer } from "../../../../core/model/world.ts";
import { converse } from "../../../probes/websocket/conversation.ts";
import { DEMO_TOKEN } from "../demos/mac-unit.ts";
import type { Auth } from "./connect-request.ts";
import { clientFacts } from "./connect-request.ts";
import { shakeHands } from "./handshake.ts";

const url = "ws://127.0.0.1:18789";
const token: Auth = { kind: "token", token: DEMO_TOKEN };

async function shake(there: Outside, auth: Auth = token, asDevice = false) {
  const opening = await there.ports.websockets.open({ url, timeoutMs: 1_000 });
  if (opening.kind !== "open") throw new Error(opening.kind);
  const { clock, identity } = there.ports;
  const conversation = converse(opening.connection, () => clock.monotonicMs());
  const options = {
    client: clientFacts("macos"),
    scopes: ["operator.read"],
    auth,
    clock,
    timeoutMs: 1_000,
    ...(asDevice ? { identity } : {}),
  };
  return running(there, shakeHands(conversation, options));
}
const peer = (over: Partial<WebSocketPeer>): Outside =>
  onMac(
    {},
    {
      websockets: {
        [url]: { greet: ['{"type":"event","event":"connect.challenge","payload":{"nonce":"n"}}'], answer: () => ({ send: [] }), ...over },
      },
    },
  );

describe("shaking hands", () => {
  it("ends with the gateway's greeting", async () => {
    expect(await shake(onMac())).toMatchObject({
      kind: "hello",
      hello: { version: "2026.9.6", scopes: ["operator.read"] },
      asDevice: false,
    });
  });

  it("brings the token home that the gateway issues to an approved device", async () => {
    const seen = await shake(onMac(), token, true);
    expect(seen).toMatchObject({ kind: "hello", asDevice: true, issuedToken: expect.any(String) });
  });

  it("passes the gateway's refusal on as it was said", async () => {
    const seen = await shake(onMac(), { kind: "token", token: "wrong" });
    expect(seen).toMatchObject({ kind: "refused", said: { details: { code: "AUTH_TOKEN_MISMATCH" } } });
  });

  it("signs the challenge of this very connection", async () => {
    const heard: string[] = [];
    await shake(
      peer({
        answer: (text) => {
          heard.push(text);
          return { send: [] };
        },
      }),
      token,
      true,
    );
    expect(JSON.parse(heard[0] ?? "{}").params.device).toMatchObject({ nonce: "n", signedAt: expect.any(Number) });
  });

  it("passes over events until its answer comes", async () => {
    const chatty = peer({
      answer: () => ({
        send: [
          '{"type":"event","event":"tick"}',
          '{"type":"res","id":"other","ok":true}',
          '{"type":"res","id":"connect","ok":true,"payload":{"type":"hello-ok"}}',
        ],
      }),
    });
    expect((await shake(chatty)).kind).toBe("hello");
  });

  it.each([
    ["silence before the challenge", { greet: [] }, { kind: "mute", before: "challenge" }],
    ["silence before the answer", {}, { kind: "mute", before: "answer" }],
    ["something else than a challenge", { greet: ['{"hello":"there"}'] }, { kind: "foreign" }],
    ["something that is no JSON", { greet: ["<html>"] }, { kind: "foreign" }],
    [
      "a greeting of another protocol",
      { answer: () => ({ send: ['{"type":"res","id":"connect","ok":true,"payload":{"welcome":1}}'] }) },
      { kind: "foreign" },
    ],
    [
      "a close instead of an answer",
      { answer: () => ({ send: [], close: { code: 1013, reason: "gateway starting" } }) },
      { kind: "closed", before: "answer", close: { code: 1013 } },
    ],
  ])("tells %s apart", async (_what, over: Partial<WebSocketPeer>, expected) => {
    expect(await shake(peer(over))).toMatchObject(expected);
  });
});
