import type { Raised } from "../../../../core/model/finding.ts";
import type { ServiceListing, ServiceReading } from "../../../../core/ports/service-manager.ts";
import { oneLine } from "./loose.ts";

/** What the command line would use, to compare with the service unit. */
export type Expected = {
  readonly label: string;
  readonly port: number;
  readonly stateDir: string;
  readonly configPath: string;
  readonly home: string;
};

type Loaded = Extract<ServiceReading, { kind: "loaded" }>;

/** `--port N` or `--port=N` in the unit's command; undefined when it names none. */
export function portInArgv(argv: readonly string[]): number | undefined {
  const index = argv.findIndex((word) => word === "--port" || word.startsWith("--port="));
  if (index < 0) return undefined;
  const word = argv[index] ?? "";
  const value = Number(word === "--port" ? argv[index + 1] : word.slice("--port=".length));
  return Number.isInteger(value) && value > 0 ? value : undefined;
}

/** The package folder in the unit's command: what stands before `/dist/` or `/openclaw.mjs`. */
export function packageInArgv(argv: readonly string[]): string | undefined {
  for (const word of argv) {
    const found = /^(\/.*\/(?:openclaw|clawdbot|moltbot))(?:\/dist\/[^/]+|\/(?:openclaw|clawdbot|moltbot)\.mjs|\/bin\/.+)$/.exec(word);
    if (found?.[1] !== undefined) return found[1];
  }
  return undefined;
}

const evidence = (label: string, text: string) => ({ source: `service unit ${label}`, text });

/** Variables that say where a gateway finds its things. */
export const selectingNames = ["OPENCLAW_CONFIG_PATH", "OPENCLAW_STATE_DIR", "OPENCLAW_GATEWAY_PORT"] as const;
export type Selecting = { readonly [K in (typeof selectingNames)[number]]?: string };

/** The unit names another port, folder or configuration than the command line uses. Values of other variables are not needed for this. */
export function judgeServiceUnit(reading: ServiceReading, expected: Expected, selecting: Selecting = {}): readonly Raised[] {
  if (reading.kind !== "loaded") return [];
  return [...mismatch(reading, expected, selecting), ...drift(reading, expected)];
}

function otherwise(selecting: Selecting, expected: Expected): readonly string[] {
  const wanted: Required<Selecting> = {
    OPENCLAW_CONFIG_PATH: expected.configPath,
    OPENCLAW_STATE_DIR: expected.stateDir,
    OPENCLAW_GATEWAY_PORT: String(expected.port),
  };
  const plain = (value: string): string =>
    value
      .trim()
      .replace(/^~(?=\/|$)/, expected.home)
      .replace(/(?<=.)\/$/, "");
  return selectingNames.flatMap((name) => {
    const value = selecting[name];
    if (value === undefined || plain(value) === wanted[name]) return [];
    return [`Sets ${name} to ${oneLine(value, 120)}, and the command line uses ${oneLine(wanted[name], 120)}`];
  });
}

function mismatch(unit: Loaded, expected: Expected, selecting: Selecting): readonly Raised[] {
  const lines: string[] = [...otherwise(selecting, expected)];
  const port = portInArgv(unit.argv ?? []);
  if (port !== undefined && port !== expected.port)
    lines.push(`Starts the gateway on port ${port}, and the configuration says ${expected.port}`);
  const usual = [expected.stateDir, expected.home, `${expected.home}/.openclaw`];
  if (
    unit.workingDirectory !== undefined &&
    !usual.includes(unit.workingDirectory.replace(/\/$/, "")) &&
    unit.workingDirectory.includes(".openclaw")
  ) {
    lines.push(`Works in ${unit.workingDirectory}, and the command line in ${expected.stateDir}`);
  }
  const profile = profileIn(unit.argv ?? []);
  if (profile !== undefined && !expected.stateDir.endsWith(`-${profile}`))
    lines.push(`Runs the profile ${profile}, and the command line another one`);
  return lines.length === 0
    ? []
    : [{ code: "openclaw.service.config-mismatch", evidence: lines.map((line) => evidence(expected.label, line)) }];
}

const profileIn = (argv: readonly string[]): string | undefined => {
  const index = argv.indexOf("--profile");
  return index < 0 ? undefined : argv[index + 1];
};

/** Forms that current releases no longer write. */
function drift(unit: Loaded, expected: Expected): readonly Raised[] {
  const names = unit.environmentNames ?? [];
  const lines: string[] = [];
  const secrets = names.filter((name) => /^(?:OPENCLAW|CLAWDBOT|MOLTBOT)_GATEWAY_(?:TOKEN|PASSWORD)$/.test(name));
  if (secrets.length > 0) lines.push(`Holds ${secrets.join(" and ")}: it outlives every change of the token`);
  if (unit.throttleSeconds !== undefined && unit.throttleSeconds < 5 && unit.keepAlive === "always") {
    lines.push(`Waits only ${unit.throttleSeconds} s between starts, so a failing start becomes a storm`);
  }
  if (/^(?:com\.(?:steipete\.)?clawdbot|bot\.molt)\.|^(?:clawdbot|moltbot)-/.test(expected.label))
    lines.push("Has the label of an older product name");
  if (unit.needsReload === true) lines.push("Was changed on disk, and the manager still runs the old definition");
  return lines.length === 0
    ? []
    : [{ code: "openclaw.install.upgrade-drift", evidence: lines.map((line) => evidence(expected.label, line)) }];
}

/** The label of the one unit of this account there is. A unit of the machine is not ours to switch off. */
function nameOfOnly(units: readonly ServiceListing[]): { readonly label?: string } {
  const [only, ...more] = units;
  return only === undefined || more.length > 0 || only.scope !== "user" ? {} : { label: only.label };
}

const GATEWAY_WORDS = /\b(?:openclaw|clawdbot|moltbot)\b.*\bgateway\b/i;
const OUR_OWN = /lamplighter/i;

const restarts = (command: string): boolean => GATEWAY_WORDS.test(command) && /\bgateway\s+restart\b/.test(command);

/** Label of the one unit of this account whose work is to restart gateways; undefined when there is none, or several. */
export const onlyRestarter = (listings: readonly ServiceListing[]): string | undefined =>
  nameOfOnly(listings.filter(({ argv, label }) => !OUR_OWN.test(label) && restarts((argv ?? []).join(" ")))).label;

/**
 * Other units that start a gateway. A unit whose path merely contains the product's name is none, and neither is a node host:
 * the command itself must start `gateway`, without asking it to stop or to restart.
 */
export function judgeOtherUnits(listings: readonly ServiceListing[], ownLabel: string): readonly Raised[] {
  const others = listings.filter((unit) => {
    if (unit.label.replace(/\.service$/, "") === ownLabel.replace(/\.service$/, "") || OUR_OWN.test(unit.label)) return false;
    const command = (unit.argv ?? []).join(" ");
    const starts = GATEWAY_WORDS.test(command) && !/\bgateway\s+(?:stop|restart|status|probe|call)\b/.test(command);
    const legacy = /^(?:com\.(?:steipete\.)?clawdbot\.gateway|bot\.molt\.gateway|(?:clawdbot|moltbot)-gateway)/.test(unit.label);
    return starts || legacy || restarts(command);
  });
  if (others.length === 0) return [];
  return [
    {
      code: "openclaw.service.extra-gateways",
      // With several to choose from, a person says which.
      params: { count: others.length, ...nameOfOnly(others) },
      evidence: others.slice(0, 6).map((unit) => ({
        source: "service manager",
        text: `${unit.label} (${unit.scope}${unit.definitionPath === undefined ? "" : `, ${unit.definitionPath}`})`,
      })),
    },
  ];
}
