import type { ServiceAction } from "../../core/model/plan.ts";
import type { World } from "../../core/model/world.ts";
import type { ServiceActed, ServiceControl } from "../../core/ports/service-control.ts";
import type { ServiceReading } from "../../core/ports/service-manager.ts";
import type { WorldOverlay } from "./fake-overlay.ts";
import { isLabel } from "./launchctl-jobs.ts";
import { launchctlRecipe } from "./launchctl-recipe.ts";
import { unknownRefusal } from "./launchctl-refusal.ts";
import { noServiceManager } from "./none.ts";
import { systemdRecipe } from "./systemd-recipe.ts";
import { actableUnitName } from "./unit-name.ts";

type Argv = readonly string[];
type Loaded = Extract<ServiceReading, { kind: "loaded" }>;

/** Numbers of processes that no invented world uses. */
const firstPid = 70_001;

/**
 * Acts on the units of an invented world: the same calls are shown as on a real system, none is run, and the world is as it would be
 * afterwards. At once, without any waiting.
 */
export function fakeServiceControl({ world, set, start: begin, linger }: WorldOverlay): ServiceControl {
  let nextPid = firstPid;

  const seen = async (label: string): Promise<readonly [label: string, reading: ServiceReading]> => {
    const now = world();
    if (now.serviceManager === "none") return [label, await noServiceManager.read(label)];
    const name = now.serviceManager === "systemd" && !(label in now.services) ? (actableUnitName(label) ?? label) : label;
    return [name, now.services[name] ?? { kind: "not-installed" }];
  };

  const isName = (given: string) => (world().serviceManager === "systemd" ? actableUnitName(given) !== null : isLabel(given));

  const recipe = (action: ServiceAction, label: string, reading: ServiceReading): readonly Argv[] => {
    const now = world();
    if (action === "enable-linger" && now.linger === "on") return [];
    if (now.serviceManager === "systemd") return systemdRecipe(action, label, reading, now.user);
    const path = "definitionPath" in reading ? (reading.definitionPath ?? "") : "";
    const definition = { label, path, scope: "user", argv: [], environment: {}, dict: null } as const;
    const job = { domain: `gui/${now.uid}`, reading, definition };
    return launchctlRecipe(action, label, job, false).map((argv) => ["/bin/launchctl", ...argv]);
  };

  const obstacle = (action: ServiceAction, label: string, reading: ServiceReading): ServiceActed | null => {
    if (reading.kind === "unknown") return unknownRefusal(reading);
    if (reading.kind !== "not-installed" || action === "stop" || action === "enable-linger") return null;
    const next = "Install the stack's background service again with the stack's own command.";
    return { kind: "failed", meaning: `There is no ${label} for this account.`, next };
  };

  const start = (label: string, before: ServiceReading, anew: boolean): ServiceActed => {
    const pid = nextPid++;
    const after = begin(label, pid, world());
    if (before.kind === "loaded" && !after && !startsAgain(before, anew))
      return {
        kind: "failed",
        meaning: `${label} was started and ended again at once.`,
        next: "Mend what its last lines name, then start it again.",
      };
    const now = after?.services?.[label] ?? before;
    set(label, running(now, pid, before));
    return { kind: "done", detail: `${label} runs as process ${pid}.`, pid };
  };

  const change = (action: ServiceAction, label: string, before: ServiceReading): ServiceActed => {
    const done = (words: string): ServiceActed => ({ kind: "done", detail: `${label} ${words}.` });
    switch (action) {
      case "stop":
        set(label, stopped(before, world()));
        return done("is stopped");
      case "enable":
      case "disable": {
        const isOn = action === "enable";
        if (before.kind === "loaded") set(label, { ...before, enabled: isOn });
        else if (before.kind === "not-loaded") set(label, { ...before, disabled: !isOn });
        return done(`is switched ${isOn ? "on" : "off"}`);
      }
      case "reset-failed":
        if (before.kind === "loaded") set(label, { ...before, state: "stopped", gaveUp: false });
        return done("has no failures any more");
      case "read-definitions":
        if (before.kind === "loaded") set(label, { ...before, needsReload: false });
        return { kind: "done", detail: "The changed definitions were read." };
      case "enable-linger":
        linger("on");
        return { kind: "done", detail: "The units of this account now outlive its last log-out." };
      default:
        return start(label, before, action !== "restart" || world().serviceManager === "launchd");
    }
  };

  return {
    async act(action, given, { signal, progress } = {}) {
      if (signal?.aborted) return { kind: "cancelled", detail: "Nothing was done." };
      if (action !== "enable-linger" && !isName(given))
        return { kind: "failed", meaning: "This is not a label that may be acted upon.", next: "Give the label as the system lists it." };
      const [label, reading] = await seen(given);
      const blocked = action === "enable-linger" && reading.kind !== "unknown" ? null : obstacle(action, label, reading);
      if (blocked) return blocked;
      const calls = recipe(action, label, reading);
      if (calls.length === 0) return { kind: "already", detail: `${label} already is as it should be.` };
      for (const argv of calls) progress?.(`Running ${argv.join(" ")}`);
      return change(action, label, reading);
    },
    async commands(action, given) {
      if (action !== "enable-linger" && !isName(given)) return [];
      const [label, reading] = await seen(given);
      return obstacle(action, label, reading) ? [] : recipe(action, label, reading);
    },
    async lastLines(given, lines) {
      const [, reading] = await seen(given);
      const paths = reading.kind === "loaded" ? [reading.stdoutPath, reading.stderrPath] : [];
      const texts = [...new Set(paths)].map((path) => (path === undefined ? "" : (world().files[path]?.text ?? "")));
      return lines > 0 ? texts.flatMap((text) => text.split("\n").filter((line) => line !== "")).slice(-lines) : [];
    },
  };
}

/** A unit that fails goes on failing, unless what kept it down was that it had to be loaded anew. */
function startsAgain(before: Loaded, anew: boolean): boolean {
  if (before.state !== "failed" && before.state !== "waiting-to-restart") return true;
  const mustBeReloaded = before.needsReload === true || (before.drift ?? []).length > 0 || /CODESIGNING/.test(before.lastEnd?.reason ?? "");
  return anew && mustBeReloaded;
}

function running(now: ServiceReading, pid: number, before: ServiceReading): ServiceReading {
  const known = now.kind === "loaded" ? now : undefined;
  const {
    lastEnd: _end,
    nextTryMs: _next,
    drift: _drift,
    gaveUp: _gaveUp,
    needsReload: _reload,
    ...kept
  } = known ?? ({} as Partial<Loaded>);
  const path = now.kind === "not-loaded" ? { definitionPath: now.definitionPath } : {};
  // A world that says how often it was started means that: a unit taken up anew is counted anew.
  const runs = now !== before && known?.runs !== undefined ? known.runs : (before.kind === "loaded" ? (before.runs ?? 0) : 0) + 1;
  return { enabled: true, ...path, ...kept, kind: "loaded", state: "running", rawState: "running", pid, runs };
}

/** launchd knows a stopped job no more; systemd keeps its unit. */
function stopped(before: ServiceReading, { serviceManager }: World): ServiceReading {
  if (before.kind !== "loaded") return before;
  if (serviceManager === "launchd" && before.definitionPath !== undefined)
    return { kind: "not-loaded", definitionPath: before.definitionPath, disabled: before.enabled === false };
  const { pid: _pid, nextTryMs: _next, ...kept } = before;
  return { ...kept, state: "stopped", rawState: "inactive/dead", lastEnd: { signal: "SIGTERM" } };
}
