import type { World } from "../../../../core/model/world.ts";

/** How the invented gateway appears to OpenClaw's own commands. */
export type SlowView = { readonly reached: boolean; readonly letIn: boolean; readonly channels: unknown };

/** Answers of OpenClaw's slow commands, about as slow as real ones. */
export function slowCommands(program: string, version: string, { channels, letIn, reached }: SlowView): World["commands"] {
  const answer = (args: readonly string[], body: unknown, takesMs: number) => ({
    argv: [program, ...args],
    stdout: `${JSON.stringify(body, null, 2)}\n`,
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
    answer(["gateway", "status", "--json", "--require-rpc"], { cli: { version }, service: { loaded: true }, rpc }, 2_500),
    answer(["channels", "status", "--json"], channels, 2_000),
    answer(["doctor", "--lint", "--json"], { schemaVersion: 1, ok: true, checksRun: 65, checksSkipped: 0, findings: [] }, 3_000),
    answer(
      ["secrets", "audit", "--json"],
      { version: 1, status: "clean", summary: { plaintextCount: 0, unresolvedRefCount: 0 }, findings: [] },
      2_000,
    ),
    answer(["security", "audit", "--json"], { ok: true, findings: [] }, 2_000),
  ];
}
