import type { Raised } from "../../../../core/model/finding.ts";
import { at, number, oneLine, records, text } from "./loose.ts";

/** The answer of `openclaw secrets audit --json`. Plain text in a private file is how OpenClaw works: said, but no alarm. */
export function judgeSecretsAudit(payload: unknown, source = "openclaw secrets audit"): readonly Raised[] {
  const findings = records(at(payload, "findings"));
  const lines = (code: string) =>
    findings
      .filter((finding) => text(finding["code"]) === code)
      .map((finding) => ({ source, text: oneLine(text(finding["message"]) ?? text(finding["jsonPath"]) ?? code) }));
  const raised: Raised[] = [];
  const unresolved = lines("REF_UNRESOLVED");
  const unresolvedCount = number(at(payload, "summary", "unresolvedRefCount")) ?? 0;
  if (unresolved.length > 0 || unresolvedCount > 0 || text(at(payload, "status")) === "unresolved") {
    const evidence = unresolved.length > 0 ? unresolved : [{ source, text: `${unresolvedCount} references cannot be resolved here` }];
    raised.push({ code: "openclaw.secrets.ref-unresolved", evidence });
  }
  const shadowed = lines("REF_SHADOWED");
  if (shadowed.length > 0) raised.push({ code: "openclaw.auth.duplicate-secrets", evidence: shadowed });
  const plain = lines("PLAINTEXT_FOUND");
  if (plain.length > 0) raised.push({ code: "openclaw.security.exposed", light: "green", evidence: plain });
  return raised;
}

const EXPOSURE = /^(?:fs\..*perms|gateway\.(?:bind|loopback_no_auth|http|tailscale_funnel|control_ui|auth_no)|.*(?:no_auth|world_|funnel))/;

/** The answer of `openclaw security audit --json`. Remarks of severity info are left out. */
export function judgeSecurityAudit(payload: unknown, source = "openclaw security audit"): readonly Raised[] {
  return records(at(payload, "findings")).flatMap((finding): readonly Raised[] => {
    const id = text(finding["checkId"]) ?? "";
    const severity = text(finding["severity"]);
    if (severity !== "critical" && severity !== "warn") return [];
    const evidence = [{ source, text: oneLine(`${text(finding["title"]) ?? id}: ${text(finding["detail"]) ?? ""}`, 240) }];
    if (id === "gateway.env_token_overrides_config") return [{ code: "openclaw.auth.duplicate-secrets", evidence }];
    if (severity === "critical") return [{ code: "openclaw.security.exposed", light: "red", evidence }];
    return EXPOSURE.test(id) ? [{ code: "openclaw.security.exposed", light: "amber", evidence }] : [];
  });
}
