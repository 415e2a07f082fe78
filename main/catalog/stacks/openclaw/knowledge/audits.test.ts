import { describe, expect, it } from "vitest";
import { judgeDoctor, judgeValidation } from "./doctor.ts";
import { judgeSecretsAudit, judgeSecurityAudit } from "./secrets-audit.ts";

const brief = (raised: ReturnType<typeof judgeDoctor>) => raised.map(({ code, light }) => [code.replace("openclaw.", ""), light]);

describe("OpenClaw's own doctor", () => {
  const doctor = (checkId: string, severity: string, message: string) => ({
    findings: [{ checkId: `core/doctor/${checkId}`, severity, message, path: "x" }],
  });

  it.each([
    ["gateway-config", "warning", "gateway.mode is unset", [["config.invalid", "amber"]]],
    ["gateway-auth", "warning", "Gateway auth is off or missing a token.", [["security.exposed", "amber"]]],
    ["auth-profiles", "error", "Auth profile a is expired", [["provider.credential-expired", "red"]]],
    ["device-pairing", "warning", "Pending device pairing request", [["auth.pairing-required", "amber"]]],
    ["systemd-linger", "warning", "Systemd lingering is disabled for u.", [["service.will-not-survive", "amber"]]],
    ["gateway-services", "warning", "Other gateway-like services", [["service.extra-gateways", "amber"]]],
    ["browser", "warning", "CDP is not reachable", [["browser.unavailable", "amber"]]],
    ["security", "warning", "openclaw.json contains plaintext secret-bearing config fields.", [["security.exposed", "green"]]],
    ["memory-search", "warning", "no API key was found", []],
    ["gateway-config", "info", "for your information", []],
    ["skills-readiness", "warning", "binary missing", []],
  ])("%s (%s): %s", (id, severity, message, wanted) => {
    expect(brief(judgeDoctor(doctor(id, severity, message)))).toEqual(wanted);
  });

  it("is silent about an empty or foreign answer", () => {
    expect([judgeDoctor({ ok: true, findings: [] }), judgeDoctor(null), judgeDoctor([])]).toEqual([[], [], []]);
  });
});

describe("config validate", () => {
  it("passes on every issue with its path", () => {
    const answer = {
      valid: false,
      error: { message: "OpenClaw config is invalid" },
      issues: [{ path: "gateway", message: 'Unrecognized key: "x"' }],
    };
    expect(judgeValidation(answer)[0]?.evidence[0]?.text).toBe('gateway: Unrecognized key: "x"');
    expect(judgeValidation({ valid: false, error: { message: "file not found" } })[0]?.evidence[0]?.text).toBe("file not found");
    expect(judgeValidation({ valid: true, warnings: [] })).toEqual([]);
  });
});

describe("audits", () => {
  it.each([
    [{ status: "clean", summary: { plaintextCount: 0 }, findings: [] }, []],
    [{ status: "unresolved", summary: { unresolvedRefCount: 2 }, findings: [] }, [["secrets.ref-unresolved", undefined]]],
    [{ findings: [{ code: "REF_SHADOWED", message: "two" }] }, [["auth.duplicate-secrets", undefined]]],
    [{ findings: [{ code: "PLAINTEXT_FOUND", message: "plain" }] }, [["security.exposed", "green"]]],
  ])("secrets audit %j", (answer, wanted) => {
    expect(brief(judgeSecretsAudit(answer))).toEqual(wanted);
  });

  it.each([
    ["fs.config.perms_world_readable", "warn", [["security.exposed", "amber"]]],
    ["fs.state_dir.perms_world_writable", "critical", [["security.exposed", "red"]]],
    ["gateway.env_token_overrides_config", "warn", [["auth.duplicate-secrets", undefined]]],
    ["gateway.trusted_proxies_missing", "warn", []],
    ["summary.attack_surface", "info", []],
  ])("security audit %s (%s)", (checkId, severity, wanted) => {
    expect(brief(judgeSecurityAudit({ findings: [{ checkId, severity, title: "T", detail: "D" }] }))).toEqual(wanted);
  });
});
