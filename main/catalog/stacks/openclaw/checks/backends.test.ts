import { describe, expect, it } from "vitest";
import { gist, verdictOn } from "../../../../../tests/support/openclaw-faults-bound.ts";
import { part } from "../../../../../tests/support/openclaw-faults-world.ts";

const url = "http://127.0.0.1:1234/v1";

/** A model server at an address that answers with this, asked for one model. */
const backend = (status: number, body: string, baseUrl = url, model = "lmstudio/qwen3") =>
  verdictOn(
    (draft) => {
      part(draft.config, "models", "providers", "lmstudio")["baseUrl"] = baseUrl;
      part(draft.config, "agents", "defaults", "model")["primary"] = model;
      const answer = { kind: "answered" as const, status, headers: {}, body, truncated: false, durationMs: 1 };
      draft.world.http = { ...draft.world.http, [`GET ${baseUrl}/models`]: answer };
    },
    (checks) => checks.backends,
  ).then(gist);

const list = (...ids: readonly string[]): string => JSON.stringify({ object: "list", data: ids.map((id) => ({ id })) });

describe("a model server on this machine", () => {
  it("is fine when it offers what is asked of it", async () => {
    expect(await backend(200, list("qwen3", "phi4"))).toEqual(["green"]);
  });

  it("is told when it does not know a model under the name agents use", async () => {
    expect(await backend(200, list("qwen3-8b"))).toEqual(["amber", "lmstudio answers, and has no model called qwen3; it offers qwen3-8b"]);
  });

  it("may be off, or want a key: that is no fault by itself", async () => {
    expect(await backend(401, "{}")).toEqual(["not there"]);
    expect(await backend(200, "<html>")).toEqual(["not there"]);
  });

  it("is left alone when it is on another machine", async () => {
    expect(await backend(200, list("other"), "http://192.168.1.9:1234/v1")).toEqual(["not there"]);
    expect(
      await verdictOn(
        () => {},
        (checks) => checks.backends,
      ).then(gist),
    ).toEqual(["not there"]);
  });
});
