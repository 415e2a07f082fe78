import type { Raised } from "../../../../core/model/finding.ts";
import { isoTime } from "../../../probes/log-signature/iso-time.ts";

/** A file or folder of the state, as the file system tells. `mode` in octal permission bits, times in epoch milliseconds. */
export type StateFile = {
  readonly name: string;
  readonly mode: number;
  readonly modifiedMs: number;
  readonly kind: "file" | "directory" | "socket" | "other";
  readonly uid?: number;
};

const DAY = 86_400_000;

/** Time in the name of a rejected file, such as `openclaw.json.clobbered.2026-11-20T18-22-23-376Z`; undefined for other names. */
export function clobberedAt(name: string): number | undefined {
  const found = /^(?:openclaw|clawdbot|moltbot)\.json\.(?:clobbered|rejected)\.(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z/.exec(name);
  return found === null ? undefined : isoTime(`${found[1]}T${found[2]}:${found[3]}:${found[4]}.${found[5]}Z`);
}

/** OpenClaw put an older configuration back within the last day: the rejected original lies beside it. */
export function judgeRestored(names: readonly string[], nowMs: number, withinMs = DAY): readonly Raised[] {
  const recent = names
    .flatMap((name) => {
      const at = name.includes(".clobbered.") ? clobberedAt(name) : undefined;
      return at !== undefined && nowMs - at <= withinMs && at <= nowMs + 60_000 ? [{ name, at }] : [];
    })
    .sort((a, b) => b.at - a.at);
  const newest = recent[0];
  if (newest === undefined) return [];
  const more = recent.length > 1 ? `, the newest of ${recent.length} within a day` : "";
  return [
    {
      code: "openclaw.config.restored",
      params: { file: newest.name },
      evidence: [{ source: "state folder", text: `Rejected configuration kept as ${newest.name}${more}` }],
    },
  ];
}

/** Backups to go back to, newest first. Only names; whether they parse is looked at before one is offered. */
export function backupCandidates(files: readonly StateFile[]): readonly string[] {
  return files
    .filter((file) => file.kind === "file" && /^openclaw\.json\.(?:bak(?:\.\d)?|last-good|clobbered\..+)$/.test(file.name))
    .sort((a, b) => b.modifiedMs - a.modifiedMs)
    .map((file) => file.name);
}

const SECRET_FILE =
  /^(?:openclaw\.json(?:\..+)?|\.env|gateway\.systemd\.env|mac-control\.(?:sock|token)|.*auth-profiles\.json|oauth\.json|.*\.sqlite(?:-wal|-shm)?|device(?:-auth)?\.json)$/;
const SECRET_FOLDER = new Set([".", "credentials", "service-env", "identity", "state"]);
const CONTROL = /^mac-control\.(?:sock|token)$/;
const octal = (mode: number): string => (mode & 0o777).toString(8).padStart(3, "0");

/**
 * Modes of files with secrets, which should be 600, and of their folders, which should be 700.
 * A folder that keeps others out (`folderMode`) makes its files safe whatever their own mode.
 */
export function judgeModes(files: readonly StateFile[], folderMode: number): readonly Raised[] {
  const shut = (folderMode & 0o077) === 0;
  const open = files.filter((file) => {
    if (file.kind === "directory") return SECRET_FOLDER.has(file.name) && (file.mode & 0o022) !== 0;
    return SECRET_FILE.test(file.name) && (file.mode & 0o077) !== 0;
  });
  const dangerous = shut ? [] : open;
  const writable = open.filter((file) => (file.mode & 0o022) !== 0 && !shut);
  if (dangerous.length === 0 && (folderMode & 0o022) === 0) return [];
  const evidence = [
    ...((folderMode & 0o022) === 0
      ? []
      : [{ source: "state folder", text: `Other accounts may write into the state folder (mode ${octal(folderMode)}, should be 700)` }]),
    ...dangerous.slice(0, 6).map((file) => ({
      source: "state folder",
      text: `${file.name} has mode ${octal(file.mode)}, should be ${file.kind === "directory" ? "700" : "600"}`,
    })),
  ];
  const grave = (folderMode & 0o002) !== 0 || writable.some((file) => (file.mode & 0o002) !== 0);
  const named = (kind: "directory" | "file"): string =>
    dangerous
      .flatMap((file) => ((file.kind === "directory") === (kind === "directory") && file.kind !== "socket" ? [file.name] : []))
      .join(",");
  const params = { files: named("file"), folders: named("directory") };
  return [{ code: "openclaw.security.exposed", light: grave ? "red" : "amber", params, evidence }];
}

/**
 * The control socket of the desktop app, through which it gets its operator lease: it must be ours, and its owner must be able to
 * read and write it. Modes that let others in are a matter of exposure.
 */
export function judgeControlSocket(files: readonly StateFile[], uid: number): readonly Raised[] {
  const control = files.filter((file) => CONTROL.test(file.name));
  const shut = control.filter((file) => (file.uid === undefined || file.uid === uid) && (file.mode & 0o600) !== 0o600);
  const params = Object.fromEntries(shut.map((file) => [file.kind === "socket" ? "socket" : "token", "shut"]));
  const evidence = control
    .flatMap((file) => {
      if (file.uid !== undefined && file.uid !== uid) return [`${file.name} belongs to another account (${file.uid}), should be ${uid}`];
      return (file.mode & 0o600) === 0o600
        ? []
        : [`${file.name} has mode ${octal(file.mode)}, so that its owner cannot use it; should be 600`];
    })
    .map((text) => ({ source: "state folder", text }));
  return evidence.length === 0 ? [] : [{ code: "openclaw.auth.operator-lease-missing", params, evidence }];
}
