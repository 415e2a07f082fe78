import type { ServiceReading } from "../../core/ports/service-manager.ts";
import type { PlistDefinition } from "./plist-definitions.ts";
import { isText } from "./plist-value.ts";

type Loaded = Extract<ServiceReading, { kind: "loaded" }>;

/** Variables that launchd and the system put into a job without anybody having asked for them. */
const systemNames = /^(?:XPC_|OS_|OSLog|__|Malloc|DYLD_|SSH_AUTH_SOCK$|PATH$|HOME$|USER$|LOGNAME$|SHELL$|TMPDIR$|LANG$|PWD$)/;

/** launchctl may print where a path of the system leads instead of the path itself. */
const resolved = (path: string): string => path.replace(/^\/(?=(?:tmp|var|etc)\/)/, "/private/");

/** launchctl prints each word on a line of its own, without the white space around it. */
const printed = (words: readonly string[]): string =>
  words
    .flatMap((word) => word.split("\n"))
    .map((word) => word.trim())
    .filter((word) => word !== "")
    .join("\n");

/**
 * In what the definition on disk differs from the job that launchd holds: it goes on with what it read when the job was loaded.
 * Each item names one thing, such as `the program and its arguments`; values are not told.
 */
export function plistDrift(definition: PlistDefinition, job: Loaded): readonly string[] {
  if (definition.dict === null) return [];
  const text = (key: string): string => {
    const value = definition.dict?.get(key);
    return isText(value) ? value : "";
  };
  const differs = (key: string, loaded: string | undefined) => resolved(text(key)) !== resolved(loaded ?? "");
  const names = Object.keys(definition.environment);
  const [added, gone] = [
    names.filter((name) => !job.environmentNames?.includes(name)),
    (job.environmentNames ?? []).filter((name) => !names.includes(name) && !systemNames.test(name)),
  ];
  const found: readonly (readonly [boolean, string])[] = [
    [job.argv !== undefined && printed(job.argv) !== printed(definition.argv), "the program and its arguments"],
    [differs("WorkingDirectory", job.workingDirectory), "the working directory"],
    [differs("StandardOutPath", job.stdoutPath), "the file for its output"],
    [differs("StandardErrorPath", job.stderrPath), "the file for its errors"],
    [job.environmentNames !== undefined && added.length + gone.length > 0, `the variables ${[...added, ...gone].sort().join(", ")}`],
  ];
  return found.flatMap(([isSo, words]) => (isSo ? [words] : []));
}
