import type { WebSocketPeer } from "../../../../core/model/world.ts";
import { at, isRecord, parseJson, text, texts } from "../knowledge/loose.ts";

/** How an invented gateway behaves towards clients. */
export type PeerOptions = {
  readonly version: string;
  readonly nowMs: number;
  readonly startedMs: number;
  readonly stateDir: string;
  /** What it takes for a log-in. */
  readonly token: string;
  /** Whether our device was approved: then it answers with a device token. */
  readonly paired: boolean;
  /** Answers of its read-only calls; a function makes one from the parameters. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** Turns every client down with this error, whatever it shows. */
  readonly refusesAll?: GatewayError;
};

export type GatewayError = {
  readonly code: string;
  readonly message: string;
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
  readonly details?: Readonly<Record<string, unknown>>;
};

type Reply = ReturnType<WebSocketPeer["answer"]>;
const silence: Reply = { send: [] };
const frame = (value: unknown): string => JSON.stringify(value);

const unauthorized = (reason: string, code: string, words: string): GatewayError => ({
  code: "INVALID_REQUEST",
  message: `unauthorized: ${words}`,
  details: { code, authReason: reason, canRetryWithDeviceToken: false, recommendedNextStep: "update_auth_credentials" },
});

/** The start-up answer of a gateway whose sidecars are not there yet. */
export const notReadyYet: GatewayError = {
  code: "UNAVAILABLE",
  message: "gateway starting; retry shortly",
  retryable: true,
  retryAfterMs: 500,
  details: { reason: "startup-sidecars" },
};

function refusalOf(options: PeerOptions, params: unknown): GatewayError | undefined {
  if (options.refusesAll !== undefined) return options.refusesAll;
  const auth = at(params, "auth");
  const shown = text(at(auth, "token")) ?? text(at(auth, "password")) ?? text(at(auth, "deviceToken"));
  if (shown === undefined) {
    if (at(params, "device") !== undefined)
      return unauthorized("token_missing", "AUTH_TOKEN_MISSING", "gateway token missing (provide gateway auth token)");
    return { code: "NOT_PAIRED", message: "device identity required", details: { code: "DEVICE_IDENTITY_REQUIRED" } };
  }
  if (text(at(auth, "deviceToken")) !== undefined) {
    return shown === deviceToken(options)
      ? undefined
      : unauthorized("device_token_mismatch", "AUTH_DEVICE_TOKEN_MISMATCH", "device token mismatch (rotate/reissue device token)");
  }
  return shown === options.token
    ? undefined
    : unauthorized("token_mismatch", "AUTH_TOKEN_MISMATCH", "gateway token mismatch (provide gateway auth token)");
}

const deviceToken = ({ token }: PeerOptions): string => `device-${token}`;

function hello(options: PeerOptions, params: unknown): unknown {
  const { version, nowMs, startedMs, stateDir, paired } = options;
  const asDevice = at(params, "device") !== undefined;
  return {
    type: "hello-ok",
    protocol: 4,
    server: { version, bootId: `boot-${startedMs}`, connId: "conn-1" },
    features: { methods: Object.keys(options.answers), events: ["tick", "health", "shutdown"] },
    snapshot: {
      suspension: { phase: "accepting" },
      presence: [],
      uptimeMs: nowMs - startedMs,
      stateDir,
      configPath: `${stateDir}/openclaw.json`,
      authMode: "token",
    },
    auth: {
      method: text(at(params, "auth", "deviceToken")) === undefined ? "token" : "device-token",
      role: "operator",
      scopes: texts(at(params, "scopes")),
      ...(paired && asDevice ? { deviceToken: deviceToken(options) } : {}),
    },
    policy: { maxPayload: 26_214_400, maxBufferedBytes: 52_428_800, tickIntervalMs: 30_000 },
  };
}

const answerOf = (answer: unknown, params: unknown): unknown => (typeof answer === "function" ? answer(params) : answer);

/** An invented gateway as a WebSocket partner: challenge, connect, read-only calls. It keeps no state between frames. */
export function gatewayPeer(options: PeerOptions): WebSocketPeer {
  const challenge = { type: "event", event: "connect.challenge", payload: { nonce: `nonce-${options.nowMs}`, ts: options.nowMs } };
  return {
    greet: [frame(challenge)],
    answer: (said) => {
      const request = parseJson(said);
      const id = text(at(request, "id"));
      const method = text(at(request, "method"));
      if (!isRecord(request) || id === undefined || method === undefined) return silence;
      if (method === "connect") {
        const error = refusalOf(options, request["params"]);
        if (error === undefined) return { send: [frame({ type: "res", id, ok: true, payload: hello(options, request["params"]) })] };
        return {
          send: [frame({ type: "res", id, ok: false, error })],
          close: { code: error.code === "UNAVAILABLE" ? 1013 : 1008, reason: error.message.slice(0, 120) },
        };
      }
      if (Object.hasOwn(options.answers, method))
        return { send: [frame({ type: "res", id, ok: true, payload: answerOf(options.answers[method], request["params"]) })] };
      return { send: [frame({ type: "res", id, ok: false, error: { code: "INVALID_REQUEST", message: `unknown method: ${method}` } })] };
    },
  };
}
