import type { Opinion } from "./opinion.ts";
import type { PastedLine } from "./pasted-text.ts";

/** What only several lines together tell. */
type BlockReader = (lines: readonly PastedLine[], whole: string) => readonly Opinion[];

const first = (lines: readonly PastedLine[], pattern: RegExp): PastedLine | undefined => lines.find((line) => pattern.test(line.text));
const value = (lines: readonly PastedLine[], pattern: RegExp): string | undefined => {
  for (const line of lines) {
    const found = pattern.exec(line.text)?.[1];
    if (found !== undefined) return found.trim();
  }
  return undefined;
};
const count = (lines: readonly PastedLine[], pattern: RegExp): number => lines.filter((line) => pattern.test(line.text)).length;

/** `openclaw gateway status` as text: only one of its two streams may have been pasted. */
const gatewayStatus: BlockReader = (lines) => {
  const anchor = first(lines, /^Gateway: bind=/) ?? first(lines, /^Service: .*\((?:not )?(?:loaded|enabled|disabled)|^Runtime: /);
  if (anchor === undefined) return [];
  const found: Opinion[] = [];
  const answers = first(lines, /^(?:Connectivity|Read|RPC) probe: ok/) !== undefined;
  const cli = value(lines, /^Config \(cli\): (\S+)/);
  const service = value(lines, /^Config \(service\): (\S+)/);
  if (cli !== undefined && service !== undefined && cli !== service)
    found.push({ code: "openclaw.service.config-mismatch", line: `Config (cli): ${cli}, config (service): ${service}`, confidence: 0.8 });

  const versions = ["CLI version", "Gateway version", "Gateway service version"].flatMap(
    (name) => value(lines, new RegExp(`^${name}: (\\S+)`)) ?? [],
  );
  if (new Set(versions).size > 1)
    found.push({ code: "openclaw.install.split-brain", line: `Versions: ${versions.join(", ")}`, confidence: 0.75 });

  const notLoaded = first(lines, /^Service: .*\(not loaded\)/);
  if (answers && notLoaded !== undefined) found.push({ code: "openclaw.ladder", line: notLoaded.shown, confidence: 0.6 });

  const runtime = first(lines, /^Runtime: (?:unknown|stopped)/);
  const capability = first(lines, /^Capability: unknown/);
  if (!answers && runtime !== undefined && capability !== undefined) {
    const listening = first(lines, /^Listening: /);
    const code = listening === undefined ? "openclaw.gateway.not-running" : "openclaw.auth.token-mismatch";
    found.push({ code, line: (listening ?? runtime).shown, confidence: 0.45 });
    if (listening !== undefined) found.push({ code: "openclaw.gateway.follow-up-failed", line: listening.shown, confidence: 0.4 });
  }
  return found;
};

/** "Port N is already in use" is the gateway itself unless the named owner is another program. */
const portOwner: BlockReader = (lines) => {
  if (first(lines, /Port \d+ is already in use|EADDRINUSE/) === undefined) return [];
  const owner = lines.find((line) => /^-? ?pid \d+ \S+: /.test(line.text) && !/openclaw|clawdbot|moltbot/i.test(line.text));
  return owner === undefined ? [] : [{ code: "openclaw.port.conflict", line: owner.shown, confidence: 0.8 }];
};

/** Starts that follow each other in one excerpt. */
const storms: BlockReader = (lines) => {
  const start = /^\[gateway\] (?:starting\.\.\.|loading configuration)/;
  const starts = Math.max(count(lines, /^\[gateway\] starting\.\.\./), count(lines, /^\[gateway\] loading configuration/));
  const drains = count(lines, /admission(?:\])? closed: restart drain/);
  const line = first(lines, drains > 1 ? /restart drain/ : start)?.shown ?? "";
  // A gateway that is ended and started again turns its clients away each time: what they hear then follows from the storm.
  const ends = count(lines, /received SIG(?:TERM|INT)|closed: (?:stop|restart)/);
  const confidence = starts >= 3 && ends >= 2 ? 0.85 : 0.65;
  return starts >= 3 || drains >= 2 ? [{ code: "openclaw.gateway.restart-storm", line, confidence }] : [];
};

/** Lists of devices and models as tables. */
const tables: BlockReader = (lines) => {
  const pending = first(lines, /^Pending \([1-9]\d*\)$/);
  const asks = pending === undefined ? undefined : first(lines, /\b(?:Request|roles?:|scopes:|new pairing|upgrade)\b/);
  const missing = lines.findIndex((line) => /^Missing auth$/.test(line.text));
  const provider = missing < 0 ? undefined : lines[missing + 1];
  return [
    ...(pending === undefined || asks === undefined
      ? []
      : [{ code: "openclaw.auth.pairing-required", line: pending.shown, confidence: 0.8 }]),
    ...(provider === undefined ? [] : [{ code: "openclaw.provider.credential-expired", line: provider.shown, confidence: 0.8 }]),
  ];
};

export const blocks: readonly BlockReader[] = [gatewayStatus, portOwner, storms, tables];
