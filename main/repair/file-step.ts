import { createHash } from "node:crypto";
import type { FileChange } from "../core/ports/file-changes.ts";
import type { ChangedFile } from "./run-record.ts";
import { done, type EffectOf, failed, type StepResult, type StepWork } from "./step-work.ts";

type FileEffect = EffectOf<"copy-file"> | EffectOf<"write-file"> | EffectOf<"remove-file"> | EffectOf<"set-mode">;
type Kept = ChangedFile["backup"];

function changeOf(effect: FileEffect): FileChange {
  switch (effect.do) {
    case "copy-file":
      return { kind: "copy", from: effect.from, path: effect.to };
    case "write-file":
      return { kind: "write", path: effect.path, text: effect.text, ...(effect.mode === undefined ? {} : { mode: effect.mode }) };
    case "remove-file":
      return { kind: "remove", path: effect.path };
    case "set-mode":
      return { kind: "set-mode", path: effect.path, mode: effect.mode };
  }
}

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");
const bytesOf = ({ existed, sha256: sum }: Kept): ChangedFile["expects"] => ({ existed, ...(sum === undefined ? {} : { sha256: sum }) });

/** What will be at the path once the effect is done, by which undoing tells our bytes from somebody else's. */
async function expected(effect: FileEffect, backup: Kept, { acting }: StepWork): Promise<ChangedFile["expects"] | string> {
  if (effect.do === "write-file") return { existed: true, sha256: sha256(effect.text) };
  if (effect.do === "remove-file") return { existed: false };
  if (effect.do === "set-mode") return bytesOf(backup);
  const source = await acting.changes.keep(effect.from);
  if (source.kind === "refused") return `${effect.from}: ${source.reason}`;
  return source.backup.existed ? bytesOf(source.backup) : `There is nothing at ${effect.from}`;
}

/** Keeps what is there, writes down that it is about to change, and only then changes it in one step. */
export async function changeFile(effect: FileEffect, work: StepWork): Promise<StepResult> {
  const { acting, repair, index } = work;
  const change = changeOf(effect);
  // A step that is done a second time must keep the bytes from before the first time.
  if (!repair.record.files.some(({ step }) => step === index)) {
    const kept = await acting.changes.keep(change.path);
    if (kept.kind === "refused") return failed(`${change.path}: ${kept.reason}`);
    const expects = await expected(effect, kept.backup, work);
    if (typeof expects === "string") return failed(expects);
    const { id, path, existed, sha256: sum } = kept.backup;
    repair.note({ files: [...repair.record.files, { step: index, backup: kept.backup, expects }] });
    await repair.save();
    await work.writeDown("file-kept", { path, copy: existed ? `${id} sha256:${sum ?? "unknown"}` : "nothing was there" });
  }
  const changed = await acting.changes.apply(change);
  return changed.kind === "changed" ? done(`Changed ${change.path}; what was there is kept`) : failed(`${change.path}: ${changed.reason}`);
}
