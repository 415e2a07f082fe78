import type { World } from "../../../../core/model/world.ts";
import { isRecord } from "../knowledge/loose.ts";
import { readObject } from "../knowledge/parse-config.ts";
import { machineCommands } from "./machine-commands.ts";

/** How the invented gateway appears to OpenClaw's own commands. `label` is the unit that they start. */
export type SlowView = {
  readonly reached: boolean;
  readonly letIn: boolean;
  readonly channels: unknown;
  readonly models?: unknown;
  readonly label?: string;
  readonly configPath?: string;
};

type Commands = World["commands"];

const shown = (body: unknown): string => `${JSON.stringify(body, null, 2)}\n`;

/** Whether openclaw.json, as it is on the disk by then, could be used. */
function validate(path: string): NonNullable<Commands[number]["says"]> {
  return ({ files }) => {
    const parsed = readObject(files[path]?.text ?? "");
    if (parsed.ok && isRecord(parsed.value)) return { stdout: shown({ valid: true, path }) };
    const message = parsed.ok ? "Invalid input" : parsed.problem.message;
    return { exitCode: 1, stdout: shown({ valid: false, path, issues: [{ path: "<root>", message }] }) };
  };
}

/** Commands that start the gateway, which they do through its unit. */
function starting(program: string, label: string): Commands {
  const answer = shown({ ok: true, service: { label, loaded: true } });
  const command = (verb: string, rewrites = false) => ({
    argv: [program, "gateway", verb],
    stdout: answer,
    takesMs: 1_500,
    starts: { label, rewrites },
  });
  return [command("start"), command("restart"), command("install", true)];
}

/** Answers of OpenClaw's slow commands, about as slow as real ones. */
export function slowCommands(program: string, version: string, view: SlowView): Commands {
  const { channels, configPath = "", label = "", letIn, models = {}, reached } = view;
  const answer = (args: readonly string[], body: unknown, takesMs: number) => ({
    argv: [program, ...args],
    stdout: shown(body),
    takesMs,
  });
  const refused = "connect ECONNREFUSED 127.0.0.1:18789";
  const rpc = letIn
    ? { ok: true, kind: "read", capability: "read_only", version }
    : reached
      ? { ok: false, gatewayReached: true, connectFailure: { kind: "auth-rejected" }, error: "unauthorized" }
      : { ok: false, connectFailure: { kind: "unreachable" }, error: refused };
  return [
    { argv: [program, "--version"], stdout: `OpenClaw ${version}\n` },
    answer(
      ["status", "--json"],
      { runtimeVersion: version, gateway: { mode: "local", reachable: reached, error: reached ? null : refused } },
      3_000,
    ),
    answer(["gateway", "status"], { cli: { version }, service: { loaded: true }, rpc }, 2_500),
    answer(["gateway", "probe"], { ok: reached, targets: reached ? [{ id: "local", reachable: true }] : [] }, 2_000),
    answer(["channels", "status"], channels, 2_000),
    answer(["models", "status"], models, 2_000),
    answer(["doctor", "--lint", "--json"], { schemaVersion: 1, ok: true, checksRun: 65, checksSkipped: 0, findings: [] }, 3_000),
    answer(
      ["secrets", "audit", "--json"],
      { version: 1, status: "clean", summary: { plaintextCount: 0, unresolvedRefCount: 0 }, findings: [] },
      2_000,
    ),
    answer(["security", "audit", "--json"], { ok: true, findings: [] }, 2_000),
    { argv: [program, "config", "validate"], takesMs: 1_200, says: validate(configPath) },
    ...(label === "" ? [] : starting(program, label)),
    ...machineCommands,
  ];
}
