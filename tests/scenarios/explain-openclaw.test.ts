import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stacks } from "../../main/catalog/stacks/index.ts";
import { findings } from "../../main/catalog/stacks/openclaw/findings/index.ts";
import { signatures } from "../../main/catalog/stacks/openclaw/signatures/index.ts";
import { explain } from "../../main/core/engine/explain.ts";

const root = new URL("../..", import.meta.url).pathname;
const samples = join(root, "../shared/samples");
const shared = existsSync(join(samples, "expect.json"));

const openclaw = { id: "openclaw", findings, signatures };
const all = [openclaw, ...stacks.filter((stack) => stack.id !== "openclaw")];

type Outcome = { readonly sample: string; readonly wanted: readonly string[]; readonly got: readonly string[] };

function outcomes(): readonly Outcome[] {
  const expectations: Readonly<Record<string, readonly string[]>> = JSON.parse(readFileSync(join(samples, "expect.json"), "utf8"));
  return Object.entries(expectations)
    .filter(
      ([sample, wanted]) =>
        sample.startsWith("openclaw/") || (sample.startsWith("claude-auth/") && (wanted.length === 0 || wanted.includes("O46"))),
    )
    .map(([sample, wanted]) => ({ sample, wanted, got: explain(readFileSync(join(samples, sample), "utf8"), all)[0]?.symptoms ?? [] }));
}

const firstOf = (sample: string): readonly string[] =>
  explain(readFileSync(join(samples, "openclaw", sample), "utf8"), all)[0]?.symptoms ?? [];

// The recorded outputs lie beside the project and are not part of it; without them there is nothing to compare with.
describe.runIf(shared)("explain on recorded outputs of OpenClaw (needs samples)", () => {
  it("puts one of the right symptoms first for at least 95 in 100", () => {
    const faults = outcomes().filter((one) => one.wanted.length > 0);
    const wrong = faults.filter(({ wanted, got }) => !got.some((id) => wanted.includes(id)));
    expect(faults.length).toBeGreaterThan(55);
    expect(wrong.length / faults.length, JSON.stringify(wrong)).toBeLessThanOrEqual(0.05);
  });

  it("says nothing about healthy ones", () => {
    const healthy = outcomes().filter((one) => one.wanted.length === 0);
    expect(healthy.length).toBeGreaterThan(12);
    expect(healthy.filter((one) => one.got.length > 0)).toEqual([]);
  });

  it.each([
    ["cli-agent-cooldown.stderr.txt", "O46"],
    ["cli-channels-status-none.stdout.json", undefined],
    ["cli-config-validate-json5.stdout.json", "O20"],
    ["cli-cron-add.stdout.json", "O29"],
    ["cli-devices-approve-latest-preview.stdout.json", "O12"],
    ["cli-gateway-restart-port-conflict.stdout.json", "O18"],
    ["cli-gateway-run-mode-missing.stderr.txt", "O20"],
    ["cli-gateway-run-second-instance.stderr.txt", "O18"],
    ["cli-status-config-broken.stdout.json", "O20"],
    ["cli-status-deep.stdout.json", undefined],
    ["http-boot-sequence.json", "O44"],
    ["http-readyz-ok.json", undefined],
    ["issue-15849-doctor-extra-services-false-positive.txt", "O19"],
    ["issue-45908-status-false-unreachable.txt", "O23"],
    ["issue-67595-plist-embeds-token.txt", "O35"],
    ["log-console-restart-inprocess.txt", undefined],
    ["log-jsonl-overloaded.jsonl", undefined],
    ["state-openclaw.json", undefined],
    ["svc-launchagent-env-wrapper.sh", undefined],
    ["svc-launchagent.plist", undefined],
    ["ws-err-password-missing.json", "O9"],
    ["ws-err-protocol-mismatch.json", "O2"],
    ["ws-err-proxy-headers.json", "O36"],
    ["ws-shutdown-stop.json", undefined],
  ])("reads %s, for which no list says so, as %s", (sample, wanted) => {
    expect(firstOf(sample)[0]).toBe(wanted);
  });

  it("leaves the outputs of the other stacks to them", () => {
    const wrong = ["kruxos", "nanoclaw", "sanctum", "system"].flatMap((folder) =>
      readdirSync(join(samples, folder))
        .filter((name) => name !== "index.md")
        .filter((name) => explain(readFileSync(join(samples, folder, name), "utf8"), [openclaw]).length > 0)
        .map((name) => `${folder}/${name}`),
    );
    expect(wrong).toEqual([]);
  });
});

function filesBelow(folder: string, ending: RegExp, limit: number): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => ending.test(name))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && statSync(path).size < 300_000)
    .slice(0, limit);
}

const mistaken = (paths: readonly string[]): readonly string[] =>
  paths.filter((path) => explain(readFileSync(path, "utf8"), [openclaw]).length > 0);

describe("explain on text that is nobody's error", () => {
  it("says nothing about the documents and sources of other packages", () => {
    const others = filesBelow(join(root, "node_modules"), /\.(?:md|txt|mjs|d\.ts|json)$/, 2_000);
    expect(others.length).toBeGreaterThan(200);
    expect(mistaken(others)).toEqual([]);
  });

  it("says nothing about the sources of this project's other folders", () => {
    const own = ["main/core", "main/adapters", "main/catalog/probes", "main/catalog/stacks/machine", "renderer", "build"].flatMap(
      (folder) => filesBelow(join(root, folder), /(?<!\.test)\.tsx?$/, 500),
    );
    expect(own.length).toBeGreaterThan(30);
    expect(mistaken(own)).toEqual([]);
  });
});
