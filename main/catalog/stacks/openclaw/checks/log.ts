import { check } from "../../../../core/model/check.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import type { LogRule } from "../../../probes/log-signature/collect.ts";
import { judgeUnread, logSignatureProbe } from "../../../probes/log-signature/index.ts";
import { oneLine } from "../knowledge/loose.ts";
import { expand, join } from "../place/paths.ts";
import { logSignatures, readLogLine } from "../signatures/index.ts";
import type { Gateway } from "./gateway.ts";

/** Names of log lines that only `diagnose` reads; they never become findings by themselves. */
export const startTrouble = {
  config: "openclaw.start.config",
  olderProgram: "openclaw.start.older-program",
  portTaken: "openclaw.start.port-taken",
  secondInstance: "openclaw.start.second-instance",
} as const;
export const ownRefusal = "openclaw.own.refused";

/** Lines that are no fault one by one, only when they come often. */
export const lifecycleLines = { start: "openclaw.log.start", restart: "openclaw.log.restart" } as const;

const startRules: readonly LogRule[] = [
  { kind: "pattern", code: lifecycleLines.start, any: [/^\[gateway\] starting\.\.\.$/], confidence: 1 },
  { kind: "pattern", code: lifecycleLines.restart, any: [/\bgateway lifecycle source=\S+ action=restart\b/], confidence: 1 },
  {
    kind: "pattern",
    code: startTrouble.config,
    any: [/Gateway failed to start: Invalid config at/, /Gateway start blocked: existing config/, /^\[cli\] Missing config\. Run/],
    confidence: 1,
  },
  { kind: "pattern", code: startTrouble.olderProgram, any: [/Refusing to .{3,80} because this OpenClaw binary \(/], confidence: 1 },
  {
    kind: "pattern",
    code: startTrouble.portTaken,
    any: [/another gateway instance is already listening on|listen EADDRINUSE/],
    confidence: 1,
  },
  {
    kind: "pattern",
    code: startTrouble.secondInstance,
    any: [/gateway\.maintenance_required|another OpenClaw process owns gateway-lifecycle|gateway already running under/],
    confidence: 1,
  },
  {
    kind: "pattern",
    code: ownRefusal,
    any: [/unauthorized conn=.* client=lamplighter .*reason=(?:token|password)_mismatch/i],
    confidence: 1,
  },
];

/** Lines about a connection to another gateway's port, which a log shared by several gateways holds as well. */
const otherPort = (text: string, port: number): boolean => {
  const named = /->\[?[\d.:a-f]+\]?:(\d{2,5})\b/i.exec(text)?.[1];
  return named !== undefined && Number(named) !== port;
};

/** One file a day in a folder that all gateways of an account share, unless the configuration names a file. */
async function logPaths({ place }: Gateway, set: readonly string[] | undefined, context: ProbeContext): Promise<readonly string[]> {
  const { environment, files } = context.ports;
  if (set !== undefined) return set.map((path) => expand(path, place.home));
  const name = place.profile === undefined ? "gateway.log" : `gateway-${place.profile}.log`;
  const service = [
    join(place.home, "Library/Logs/openclaw", name),
    join(place.stateDir, "logs/gateway.log"),
    join(place.stateDir, "logs/gateway.err.log"),
    join(place.stateDir, "logs/gateway-restart.log"),
  ];
  const named = place.facts?.logFile;
  if (named !== undefined) return [expand(named, place.home), ...service];
  const ours =
    place.profile === undefined ? /^openclaw-\d{4}-\d\d-\d\d\.log$/ : new RegExp(`^openclaw-${place.profile}-\\d{4}-\\d\\d-\\d\\d\\.log$`);
  for (const folder of ["/tmp/openclaw", join(environment.tempDir, `openclaw-${environment.uid}`)]) {
    const newest = (await files.list(folder)).filter((one) => ours.test(one)).at(-1);
    if (newest !== undefined) return [join(folder, newest), ...service];
  }
  return service;
}

/** Lines of the gateway's log that we know. They may be older than the present run, or another gateway's: `diagnose` weighs them. */
export const logCheck = (gateway: Gateway, set: readonly string[] | undefined) =>
  check(
    { id: "log", title: "Gateway log", everyMs: 15_000, timeoutMs: 4_000, drivesLight: false },
    logSignatureProbe,
    {
      paths: (context: ProbeContext) => logPaths(gateway, set, context),
      rules: [...logSignatures, ...startRules],
      readLine: (line: string) => {
        const read = readLogLine(line);
        return otherPort(read.text, gateway.place.port) ? { ...read, text: "" } : read;
      },
    },
    ({ read, unread, hits }) => {
      if (read.length === 0) return judgeUnread(unread);
      const newest = [...hits].filter((hit) => !/^openclaw\.(?:start|own|log)\./.test(hit.code)).sort((a, b) => b.lastAt - a.lastAt)[0];
      return { light: "green", summary: newest === undefined ? "Nothing known in it lately" : oneLine(`Lately: ${newest.line}`, 90) };
    },
  );
