import { describe, expect, it } from "vitest";
import { trustFor } from "./loopback-trust.ts";

describe("trust in certificates", () => {
  it.each(["https://127.0.0.1:18789/healthz", "wss://127.8.9.1/", "wss://[::1]:1/"])("is not asked of loopback: %s", (url) =>
    expect(trustFor(url)).toEqual({ rejectUnauthorized: false }),
  );

  it.each([
    "http://127.0.0.1/",
    "ws://[::1]/",
    "https://localhost/",
    "https://192.168.1.4/",
    "wss://127.0.0.1.example.org/",
    "https://example.org/#@127.0.0.1",
    "https://127.0.0.1@example.org/",
    "wss://[::2]/",
  ])("is asked as usual of %s", (url) => expect(trustFor(url)).toEqual({}));
});
