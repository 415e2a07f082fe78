import { describe, expect, it } from "vitest";
import { readChallenge, readEvent, readResponse, request } from "./frames.ts";

const challenge = { type: "event", event: "connect.challenge", payload: { nonce: "n-1", ts: 1, capabilities: ["x"] } };

describe("frames", () => {
  it("reads the nonce of a challenge, whatever else it carries", () => {
    expect(readChallenge(challenge)).toBe("n-1");
  });

  it.each([
    null,
    "text",
    7,
    [],
    {},
    { ...challenge, event: "tick" },
    { ...challenge, payload: { nonce: "" } },
    { ...challenge, payload: null },
  ])("takes %j for no challenge", (frame) => {
    expect(readChallenge(frame)).toBeUndefined();
  });

  it("takes an answer only for the request it belongs to", () => {
    const frame = { type: "res", id: "a", ok: false, error: { code: "X" } };
    expect(readResponse(frame, "a")).toMatchObject({ ok: false, error: { code: "X" } });
    expect(readResponse(frame, "b")).toBeUndefined();
    expect(readResponse(frame)?.id).toBe("a");
    expect(readResponse({ ...frame, ok: "yes" })).toBeUndefined();
  });

  it("reads events with and without a payload", () => {
    expect(readEvent({ type: "event", event: "tick", seq: 3 })?.event).toBe("tick");
    expect(readEvent({ type: "res", event: "tick" })).toBeUndefined();
  });

  it("writes a request in the gateway's envelope", () => {
    expect(request("1", "health", {})).toEqual({ type: "req", id: "1", method: "health", params: {} });
  });
});
