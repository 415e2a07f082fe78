import type { Raised } from "../../../../core/model/finding.ts";
import type { Light } from "../../../../core/model/light.ts";
import { at, type Loose, lookUp, oneLine, records, text } from "./loose.ts";

/** Doctor checks that speak about something we name, by the end of their id. Checks not listed stay with the doctor. */
const topics: readonly (readonly [RegExp, string])[] = [
  [/gateway-config|final-config-validation|config-(?:validation|syntax)/, "openclaw.config.invalid"],
  [/gateway-auth$/, "openclaw.security.exposed"],
  [/gateway-daemon|gateway-service-config/, "openclaw.install.upgrade-drift"],
  [/gateway-services|extra-services/, "openclaw.service.extra-gateways"],
  [/gateway-health/, "openclaw.gateway.not-running"],
  [/auth-profiles|oauth-tls|claude-cli|model-auth/, "openclaw.provider.credential-expired"],
  [/device-pairing/, "openclaw.auth.pairing-required"],
  [/node-runtime|stale-runtime-build|runtime-build/, "openclaw.install.upgrade-drift"],
  [/ui-protocol-freshness/, "openclaw.control-ui.unreachable"],
  [/systemd-linger/, "openclaw.service.will-not-survive"],
  [/channel-preview|allowlist|dm-policy/, "openclaw.channel.policy-blocks"],
  [/channel-plugin-blockers|whatsapp-responsiveness/, "openclaw.channel.failing"],
  [/doctor\/browser$/, "openclaw.browser.unavailable"],
  [/secret/, "openclaw.secrets.ref-unresolved"],
  [/doctor\/security$/, "openclaw.security.exposed"],
];

/** Advice about features that are not set up is no finding of ours. */
const adviceOnly = /no api key was found|only bound to loopback|not configured\.?$/i;

const lights: Readonly<Record<string, Light>> = { error: "red", critical: "red", warning: "amber", warn: "amber" };

/** The answer of `openclaw doctor --lint --json` (also `--json`): `findings[]{checkId,severity,message,path?,fixHint?}`. */
export function judgeDoctor(payload: unknown, source = "openclaw doctor"): readonly Raised[] {
  return records(at(payload, "findings")).flatMap((finding) => ofFinding(finding, source));
}

function ofFinding(finding: Loose, source: string): readonly Raised[] {
  const id = text(finding["checkId"]) ?? "";
  const message = text(finding["message"]) ?? "";
  const severity = text(finding["severity"]) ?? "";
  const light = lookUp(lights, severity);
  const code = topics.find(([pattern]) => pattern.test(id))?.[1];
  if (code === undefined || light === undefined || adviceOnly.test(message)) return [];
  // Plain text in a private file is how OpenClaw keeps secrets: worth a note, not a lamp.
  const shown: Light = /plaintext/i.test(message) ? "green" : light;
  const where = text(finding["path"]) ?? text(finding["target"]);
  return [{ code, light: shown, evidence: [{ source, text: oneLine(`${message}${where === undefined ? "" : ` (${where})`}`, 240) }] }];
}

/** The answer of `openclaw config validate --json`. */
export function judgeValidation(payload: unknown, source = "openclaw config validate"): readonly Raised[] {
  if (at(payload, "valid") !== false) return [];
  const issues = records(at(payload, "issues")).map((issue) =>
    oneLine(`${text(issue["path"]) ?? "the file"}: ${text(issue["message"]) ?? "not valid"}`, 200),
  );
  const reason = oneLine(text(at(payload, "error", "message")) ?? "not valid");
  return [
    {
      code: "openclaw.config.invalid",
      evidence: (issues.length > 0 ? issues : [reason]).slice(0, 8).map((line) => ({ source, text: line })),
    },
  ];
}
