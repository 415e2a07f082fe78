import type { Raised } from "../../../../core/model/finding.ts";
import type { Light } from "../../../../core/model/light.ts";
import type { Verdict } from "../../../../core/model/observation.ts";
import type { LogHit, LogRule, LogSignatureSeen } from "../../../probes/log-signature/index.ts";
import { skipReasons } from "../knowledge/cron.ts";
import { lookUp, oneLine } from "../knowledge/loose.ts";
import { wording } from "./wording/index.ts";

/** How a kind of log line counts while we watch. */
type Watched = {
  /** Lines within the window before it is worth a finding. */
  readonly atLeast: number;
  /** Other checks see the same thing directly, so that the log alone does not paint it red. */
  readonly light?: Light;
  readonly clearedBy?: readonly RegExp[];
  /** Said by the command line tool as well, and true nevertheless. */
  readonly fromTool?: boolean;
};

const once: Watched = { atLeast: 1 };
const warning: Watched = { atLeast: 1, light: "amber" };
const repeated: Watched = { atLeast: 2, light: "amber" };

const watched: Readonly<Record<string, Watched>> = {
  "openclaw.auth.token-mismatch": repeated,
  "openclaw.auth.token-missing": repeated,
  "openclaw.auth.device-token-mismatch": repeated,
  "openclaw.auth.device-proof-rejected": repeated,
  "openclaw.auth.self-call-token-missing": once,
  "openclaw.auth.internal-scope-upgrade": once,
  "openclaw.auth.rate-limited": warning,
  "openclaw.auth.pairing-required": { ...warning, clearedBy: [/device pairing (?:auto-)?approved|device\.pair\.approve \d+ms/i] },
  "openclaw.auth.plane-skew": warning,
  "openclaw.auth.operator-lease-missing": once,
  "openclaw.control-ui.unreachable": warning,
  "openclaw.devices.change-denied": once,
  "openclaw.secrets.ref-unresolved": {
    ...warning,
    clearedBy: [/secrets? (?:runtime )?(?:reloaded|recovered|snapshot (?:updated|activated))|SECRETS_RELOADER_RECOVERED/i],
  },
  "openclaw.config.invalid": { ...warning, clearedBy: [/config (?:hot )?reload applied|config change applied/i] },
  "openclaw.config.restored": { ...once, fromTool: true },
  "openclaw.channel.failing": { atLeast: 3, light: "amber" },
  "openclaw.channel.policy-blocks": once,
  "openclaw.channel.dm-pairing-pending": { ...once, clearedBy: [/pairing (?:request )?approved|channels\.pairing\.approve \d+ms/i] },
  "openclaw.channel.mention-gated": once,
  "openclaw.channel.sender-blocked": once,
  "openclaw.cron.not-delivering": once,
  "openclaw.node.background-unavailable": once,
  "openclaw.node.permission-required": once,
  "openclaw.node.approval-required": once,
  "openclaw.node.allowlist-miss": once,
  "openclaw.browser.unavailable": once,
  "openclaw.provider.credential-expired": { ...warning, clearedBy: [/embedded run agent end\b.*\bisError=false/i] },
  "openclaw.provider.long-context-refused": { ...once, clearedBy: [/embedded run agent end\b.*\bisError=false/i] },
  "openclaw.provider.local-backend-incompatible": once,
  "openclaw.port.conflict": warning,
  "openclaw.install.split-brain": repeated,
  "openclaw.gateway.restart-storm": once,
  "openclaw.gateway.event-loop-degraded": repeated,
  "openclaw.host.memory-pressure": once,
};

/** Lines of a command's own run, and lines about our own visits, say nothing about the gateway. */
const notOurs = (text: string, fromTool: boolean): boolean =>
  (/^\[cli\]|^(?!\[)/.test(text) && !fromTool) || /\bclient=lamplighter\b|clientDisplayName=lamplighter/i.test(text);

/** A heartbeat that was passed over on purpose, such as in quiet hours. */
const onPurpose = (text: string): boolean =>
  /\bheartbeat\b.{0,40}\bskipped\b/i.test(text) &&
  (text.match(/[a-z]+(?:-[a-z]+)*/g) ?? []).some((word) => lookUp(skipReasons, word)?.fine === true);

function ruleFor(code: string, { clearedBy, fromTool = false }: Watched): LogRule {
  const rules = wording.filter((rule) => rule.code === code && rule.evenInSource !== true);
  return {
    kind: "reader",
    code,
    ...(clearedBy === undefined ? {} : { clearedBy }),
    read: (text) => {
      if (notOurs(text, fromTool) || onPurpose(text)) return null;
      const rule = rules.find(
        ({ any, not = [] }) => any.some((pattern) => pattern.test(text)) && !not.some((pattern) => pattern.test(text)),
      );
      return rule === undefined ? null : { line: text, confidence: rule.confidence };
    },
  };
}

/** Rules for the live log. They read lines as `readLogLine` flattens them. */
export const logSignatures: readonly LogRule[] = Object.entries(watched).map(([code, how]) => ruleFor(code, how));

function raise(hit: LogHit): readonly Raised[] {
  const times = hit.count === 1 ? "" : ` (${hit.count} times)`;
  const evidence = [{ source: "gateway log", text: `${oneLine(hit.line, 300)}${times}` }];
  const how = watched[hit.code];
  if (how === undefined || hit.count < how.atLeast) return [];
  return [{ code: hit.code, params: { count: hit.count }, evidence, ...(how.light === undefined ? {} : { light: how.light }) }];
}

/** Opinion on what the log showed lately. A log that cannot be read is no fault: other checks look at the gateway itself. */
export function judgeLog({ read, hits }: LogSignatureSeen): Verdict {
  if (read.length === 0) return { light: "grey", summary: "There is no log to read", applies: false };
  const findings = hits.flatMap(raise);
  const newest = [...hits].sort((a, b) => b.lastAt - a.lastAt)[0];
  if (findings.length === 0) return { light: "green", summary: "The log shows nothing bad lately" };
  return { light: "amber", summary: oneLine(newest?.line ?? "", 90), findings };
}
