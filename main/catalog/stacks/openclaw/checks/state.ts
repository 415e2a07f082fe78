import type { Verdict } from "../../../../core/model/observation.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import { oneLine } from "../knowledge/loose.ts";
import { judgeControlSocket, judgeModes, judgeRestored, type StateFile } from "../knowledge/state-files.ts";
import { join } from "../place/paths.ts";
import type { Gateway } from "./gateway.ts";
import { worstOf } from "./light-of.ts";
import { ownCheck } from "./own-check.ts";

/** The state folder from outside: names, modes and times, no content. */
export type StateSeen = {
  readonly folderMode: number | null;
  /** Why its files may not be seen. */
  readonly barred?: string;
  readonly names: readonly string[];
  readonly files: readonly StateFile[];
  readonly atMs: number;
  /** Whose files these should be. */
  readonly uid: number;
};

/** Files whose mode matters, and the folders they lie in. At most this many are looked at. */
const relevant = /^(?:openclaw\.json.*|\.env|gateway\.systemd\.env|mac-control\..*|credentials|service-env|identity|state)$/;
const maxFiles = 60;

async function look(stateDir: string, { ports }: ProbeContext): Promise<StateSeen> {
  const inside = join(stateDir, "openclaw.json");
  const [folder, names, one] = await Promise.all([ports.files.facts(stateDir), ports.files.list(stateDir), ports.files.presence(inside)]);
  const wanted = names.filter((name) => relevant.test(name)).slice(0, maxFiles);
  const files = await Promise.all(
    wanted.map(async (name): Promise<readonly StateFile[]> => {
      const facts = await ports.files.facts(join(stateDir, name));
      return facts === null ? [] : [{ name, mode: facts.mode, modifiedMs: facts.modifiedMs, kind: facts.kind, uid: facts.uid }];
    }),
  );
  const { uid } = ports.environment;
  const barred = one.kind === "barred" && one.denied !== undefined && one.denied !== inside ? { barred: one.reason } : {};
  return { folderMode: folder?.mode ?? null, ...barred, names, files: files.flat(), atMs: ports.clock.nowMs(), uid };
}

export function judgeState({ barred, folderMode, names, files, atMs, uid }: StateSeen): Verdict {
  if (barred !== undefined) return { light: "grey", summary: oneLine(barred, 120) };
  if (folderMode === null) return { light: "grey", summary: "There is no state folder", applies: false };
  const findings = [...judgeModes(files, folderMode), ...judgeControlSocket(files, uid), ...judgeRestored(names, atMs)];
  const first = findings[0]?.evidence[0]?.text;
  return { light: worstOf(findings), summary: (first ?? "Private, and nothing was put back").slice(0, 90), findings };
}

/** Who may read the state folder, and whether a rejected configuration lies in it. */
export const stateCheck = ({ place }: Gateway) =>
  ownCheck<StateSeen>(
    { id: "state", title: "State folder", kind: "config-file", everyMs: 60_000, timeoutMs: 4_000 },
    (context) => look(place.stateDir, context),
    judgeState,
  );
