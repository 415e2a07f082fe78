import { detailCodeOfMessage, rejectionOf } from "../../knowledge/detail-codes.ts";
import { at, flag, isRecord, type Loose, records, text, texts } from "../../knowledge/loose.ts";
import { compareVersions } from "../../knowledge/versions.ts";
import type { Opinion } from "../opinion.ts";
import { readSentence } from "../read-words.ts";
import { type DocumentReader, STRUCTURED, say } from "./shape.ts";

const GATEWAY_PROCESS = /openclaw|clawdbot|moltbot/i;

/** Listeners on the port that are no gateway. Without any listener named, nobody is accused. */
export function foreignListener(port: unknown): string | undefined {
  const listeners = records(at(port, "listeners"));
  const foreign = listeners.find((one) => !GATEWAY_PROCESS.test(`${text(one["commandLine"]) ?? ""} ${text(one["command"]) ?? ""}`));
  if (foreign !== undefined)
    return `pid ${String(foreign["pid"])} ${text(foreign["commandLine"]) ?? text(foreign["command"]) ?? "another program"}`;
  return texts(at(port, "hints")).find((hint) => /Another process is listening|SSH tunnel already bound/i.test(hint));
}

const kinds: Readonly<Record<string, string>> = {
  "pairing-required": "openclaw.auth.pairing-required",
  "device-identity-required": "openclaw.auth.token-missing",
  "scope-mismatch": "openclaw.auth.pairing-required",
  "rate-limited": "openclaw.auth.rate-limited",
  "auth-rejected": "openclaw.auth.token-mismatch",
  "identity-proxy": "openclaw.auth.plane-skew",
};

/** Why the command line tool did not get through. */
function fromRpc(document: Loose): readonly Opinion[] {
  const rpc = at(document, "rpc");
  if (flag(at(rpc, "ok")) !== false) return [];
  const error = text(at(rpc, "error")) ?? "the gateway did not answer";
  const detail = text(at(rpc, "connectFailure", "detailCode")) ?? detailCodeOfMessage(error);
  const rejection = detail === undefined ? undefined : rejectionOf(detail);
  if (rejection !== undefined) return [say(rejection.code, error)];
  const kind = kinds[text(at(rpc, "connectFailure", "kind")) ?? ""];
  if (kind !== undefined) return [say(kind, error)];
  const foreign = foreignListener(at(document, "port"));
  if (foreign !== undefined) return [say("openclaw.port.conflict", foreign)];
  if (text(at(document, "port", "status")) === "busy") {
    return [say("openclaw.gateway.frozen", error, 0.6), say("openclaw.gateway.follow-up-failed", error, 0.5), ...readSentence(error)];
  }
  return [say("openclaw.gateway.not-running", error), ...readSentence(error).filter((one) => one.code !== "openclaw.gateway.not-running")];
}

const audits: readonly (readonly [RegExp, string])[] = [
  [/^gateway-entrypoint-mismatch$/, "openclaw.install.split-brain"],
  [/^gateway-(?:token-mismatch|token-drift|port-mismatch)$/, "openclaw.service.config-mismatch"],
  [/^gateway-path-nonminimal$/, ""],
  [/^(?:gateway|launchd|systemd)-/, "openclaw.install.upgrade-drift"],
];

function fromService(document: Loose): readonly Opinion[] {
  const service = at(document, "service");
  const answers = flag(at(document, "rpc", "ok")) === true;
  const found: Opinion[] = records(at(service, "configAudit", "issues")).flatMap((issue) => {
    const code = audits.find(([pattern]) => pattern.test(text(issue["code"]) ?? ""))?.[1];
    return code === undefined || code === ""
      ? []
      : [say(code, text(issue["message"]) ?? text(issue["code"]) ?? code, answers ? 0.75 : 0.8)];
  });
  if (flag(at(service, "loaded")) === true && text(at(service, "runtime", "status")) === "stopped" && !answers) {
    found.push(say("openclaw.gateway.not-running", "The service unit is loaded, and the gateway is stopped"));
  }
  if (text(at(service, "inspectionReason")) === "systemd-user-bus-unavailable" && !answers) {
    found.push(say("openclaw.service.will-not-survive", "There is no systemd user bus in this session", 0.6));
  }
  const extra = records(at(document, "extraServices"))[0];
  if (extra !== undefined)
    found.push(
      say(
        "openclaw.service.extra-gateways",
        `${text(extra["label"]) ?? "another unit"}: ${text(extra["detail"]) ?? "looks like a gateway"}`,
        0.75,
      ),
    );
  return found;
}

function fromConfig(document: Loose): readonly Opinion[] {
  const cli = at(document, "config", "cli");
  const daemon = at(document, "config", "daemon");
  const paths = [text(at(cli, "path")), text(at(daemon, "path"))];
  const found: Opinion[] = [];
  if (flag(at(document, "config", "mismatch")) === true || (paths[0] !== undefined && paths[1] !== undefined && paths[0] !== paths[1])) {
    found.push(say("openclaw.service.config-mismatch", `Config (cli) ${paths[0]}, config (service) ${paths[1]}`));
  }
  for (const side of [cli, daemon]) {
    const issue = records(at(side, "issues"))[0];
    if (flag(at(side, "valid")) === false)
      found.push(
        say("openclaw.config.invalid", text(issue?.["message"]) ?? `${text(at(side, "path")) ?? "The configuration"} is not valid`, 0.8),
      );
  }
  return found;
}

function fromVersions(document: Loose): readonly Opinion[] {
  const cli = text(at(document, "cli", "version"));
  const others = [text(at(document, "gateway", "version")), text(at(document, "service", "layout", "packageVersion"))];
  const other = others.find((version) => version !== undefined && cli !== undefined && compareVersions(version, cli) !== 0);
  const drift = records(at(document, "pluginVersionDrift", "drifts"))[0];
  return [
    ...(other === undefined ? [] : [say("openclaw.install.split-brain", `The command line is ${cli}, the gateway ${other}`, 0.75)]),
    ...(drift === undefined ? [] : [say("openclaw.install.upgrade-drift", "A plugin has another version than the gateway", 0.6)]),
  ];
}

/** `openclaw gateway status --json`. Its exit code and `valid` flags are no proof of anything; these fields are. */
const gatewayStatus: DocumentReader = (document) => {
  if (
    !isRecord(document["service"]) ||
    !(isRecord(document["gateway"]) || isRecord(document["port"])) ||
    !("config" in document || "rpc" in document)
  )
    return undefined;
  const lastError = text(document["lastError"]);
  const pending =
    text(at(document, "rpc", "capability")) === "pairing_pending"
      ? [say("openclaw.auth.pairing-required", "Capability: pairing pending")]
      : [];
  return [
    ...fromRpc(document),
    ...fromService(document),
    ...fromConfig(document),
    ...fromVersions(document),
    ...pending,
    ...(lastError === undefined ? [] : readSentence(lastError)),
  ];
};

const warnings: Readonly<Record<string, string>> = {
  no_gateway_reachable: "openclaw.gateway.not-running",
  ssh_tunnel_failed: "openclaw.probe.ssh-tunnel-failed",
  multiple_gateways: "openclaw.gateway.multiple-reachable",
  auth_secretref_unresolved: "openclaw.secrets.ref-unresolved",
};

/** `openclaw gateway probe --json`. `ok` is true for every gateway that accepts a socket, so only the details count. */
const gatewayProbe: DocumentReader = (document) => {
  const targets = records(document["targets"]);
  if (!("targets" in document) || !("warnings" in document || "primaryTargetId" in document)) return undefined;
  const found: Opinion[] = records(document["warnings"]).flatMap((warning) => {
    const code = warnings[text(warning["code"]) ?? ""];
    return code === undefined ? [] : [say(code, text(warning["message"]) ?? code)];
  });
  for (const target of targets) {
    const error = text(at(target, "connect", "error"));
    if (error === undefined || flag(at(target, "connect", "scopeLimited")) === true) continue;
    const detail = detailCodeOfMessage(error);
    const rejection = detail === undefined ? undefined : rejectionOf(detail);
    if (rejection !== undefined) found.push(say(rejection.code, error));
    else if (flag(at(target, "connect", "ok")) === true) found.push(say("openclaw.gateway.follow-up-failed", error, STRUCTURED - 0.05));
    else if (target["active"] !== false) found.push(...readSentence(error));
  }
  if (document["ok"] === false && found.length === 0) found.push(say("openclaw.gateway.not-running", "No target answered"));
  if (text(document["capability"]) === "pairing_pending") found.push(say("openclaw.auth.pairing-required", "Capability: pairing pending"));
  return found;
};

export const gatewayDocuments: readonly DocumentReader[] = [gatewayStatus, gatewayProbe];
