import { describe, expect, it } from "vitest";
import { judgeBackend, offeredModels, readBackends } from "./backends.ts";

const providers = {
  lmstudio: { baseUrl: "http://127.0.0.1:1234/v1" },
  ollama: { baseUrl: "http://box.local:11434/v1" },
  cloud: { baseUrl: "https://api.example.com/v1" },
  bare: {},
};

describe("model servers on this machine or near it", () => {
  it("are told from those of the internet, with the names asked of each", () => {
    expect(readBackends(providers, { primary: "lmstudio/qwen3", fallbacks: ["cloud/x", "ollama/llama3", "lmstudio/a/b"] })).toEqual([
      { provider: "lmstudio", baseUrl: "http://127.0.0.1:1234/v1", models: ["qwen3", "a/b"] },
      { provider: "ollama", baseUrl: "http://box.local:11434/v1", models: ["llama3"] },
    ]);
    expect(readBackends(providers, "lmstudio/one")[0]?.models).toEqual(["one"]);
    expect(readBackends(null, undefined)).toEqual([]);
  });

  it("list their models, and another answer is no list", () => {
    expect(offeredModels({ object: "list", data: [{ id: "qwen3" }, { id: 7 }] })).toEqual(["qwen3"]);
    expect([offeredModels({ models: [] }), offeredModels("ok")]).toEqual([undefined, undefined]);
  });

  it.each([
    [["qwen3"], ["qwen3", "phi4"], 0],
    [["lmstudio/qwen3"], ["qwen3"], 1],
    [["llama3"], ["llama3:latest"], 0],
    [[], ["qwen3"], 0],
    [["qwen3"], [], 0],
  ])("asked for %j and offering %j raise %i findings", (models, offered, count) => {
    const raised = judgeBackend({ provider: "lmstudio", baseUrl: "http://127.0.0.1:1234/v1", models }, offered);
    expect(raised).toHaveLength(count);
    for (const one of raised) expect(one.evidence[0]?.text).toContain("has no model called lmstudio/qwen3; it offers qwen3");
  });
});
