import type { Raised } from "../../../../core/model/finding.ts";

type Parts = { readonly numbers: readonly number[]; readonly pre: string; readonly build: number };

function parts(version: string): Parts | undefined {
  const found = /(\d{1,4}(?:\.\d{1,4}){1,3})(?:-([0-9A-Za-z.-]+))?/.exec(version);
  if (found === null) return undefined;
  const numbers = (found[1] ?? "").split(".").map(Number);
  const suffix = found[2] ?? "";
  // 2026.7.1-2 is a second issue of 2026.7.1; 2026.6.11-beta.2 comes before 2026.6.11.
  return /^\d+$/.test(suffix) ? { numbers, pre: "", build: Number(suffix) } : { numbers, pre: suffix, build: 0 };
}

/** Order of two OpenClaw versions (calendar versions such as 2026.9.6, 2026.7.1-2, 2026.6.11-beta.2); 0 when one cannot be read. */
export function compareVersions(a: string, b: string): number {
  const left = parts(a);
  const right = parts(b);
  if (left === undefined || right === undefined) return 0;
  for (let index = 0; index < Math.max(left.numbers.length, right.numbers.length); index += 1) {
    const step = (left.numbers[index] ?? 0) - (right.numbers[index] ?? 0);
    if (step !== 0) return Math.sign(step);
  }
  if (left.pre !== right.pre)
    return left.pre === "" ? 1 : right.pre === "" ? -1 : left.pre.localeCompare(right.pre, "en", { numeric: true });
  return Math.sign(left.build - right.build);
}

/** A program named openclaw found on PATH or in a usual place. `version` is missing when its package could not be read. */
export type Binary = { readonly path: string; readonly version?: string; readonly onPath: boolean };

export type VersionFacts = {
  /** `meta.lastTouchedVersion` of openclaw.json. */
  readonly config?: string;
  /** In PATH order; links to the same package appear once. */
  readonly binaries: readonly Binary[];
  /** The package the service unit starts. */
  readonly service?: { readonly path: string; readonly version?: string };
  /** What the running gateway says of itself. */
  readonly running?: string;
};

const told = (source: string, text: string) => ({ source, text });

/** Split-brain installations and drift after an update. */
export function judgeVersions(facts: VersionFacts): readonly Raised[] {
  const { config, running, service } = facts;
  const first = facts.binaries.find((one) => one.onPath) ?? facts.binaries[0];
  const evidence = evidenceOf(facts);
  const newest = newestOf(facts.binaries);
  const params = newest === undefined ? {} : { program: newest.path };
  const older = (version: string | undefined): boolean =>
    version !== undefined && config !== undefined && compareVersions(version, config) < 0;

  if (older(service?.version) || (service === undefined && running === undefined && older(first?.version))) {
    // A gateway that still runs the newer release works until its next start.
    const stillFine = running !== undefined && !older(running);
    return [{ code: "openclaw.install.split-brain", light: stillFine ? "amber" : "red", params, evidence }];
  }
  if (older(running) || older(first?.version)) return [{ code: "openclaw.install.split-brain", light: "amber", params, evidence }];

  const versions = new Set(facts.binaries.filter((one) => one.onPath && one.version !== undefined).map((one) => one.version));
  const differs = service?.version !== undefined && first?.version !== undefined && compareVersions(service.version, first.version) !== 0;
  if (versions.size > 1 || differs) return [{ code: "openclaw.install.split-brain", light: "amber", params, evidence }];
  if (running !== undefined && service?.version !== undefined && compareVersions(running, service.version) !== 0) {
    return [
      {
        code: "openclaw.install.upgrade-drift",
        evidence: [...evidence, told("versions", "The running gateway is not the installed one: it was not restarted since the update")],
      },
    ];
  }
  return [];
}

/** The first of those with the newest release; undefined when no release is known. */
const newestOf = (binaries: readonly Binary[]): Binary | undefined =>
  binaries.reduce<Binary | undefined>(
    (best, one) =>
      one.version === undefined || (best?.version !== undefined && compareVersions(one.version, best.version) <= 0) ? best : one,
    undefined,
  );

function evidenceOf({ config, binaries, service, running }: VersionFacts): readonly { source: string; text: string }[] {
  return [
    ...(config === undefined ? [] : [told("openclaw.json", `Last written by ${config}`)]),
    ...(service === undefined ? [] : [told("service unit", `Starts ${service.version ?? "an unknown version"} at ${service.path}`)]),
    ...(running === undefined ? [] : [told("gateway", `Runs ${running}`)]),
    ...binaries.slice(0, 6).map((one) => told(one.onPath ? "PATH" : "usual place", `${one.version ?? "unknown version"} at ${one.path}`)),
  ];
}
