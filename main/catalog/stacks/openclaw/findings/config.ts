import type { FindingKind } from "../../../../core/model/finding.ts";
import { WITHOUT_START } from "./consequences.ts";

/** What openclaw.json says, and what happened to it. */
export const configFindings: readonly FindingKind[] = [
  {
    code: "openclaw.config.invalid",
    symptoms: ["O20"],
    light: "red",
    layer: 4,
    title: "openclaw.json is not valid {named}",
    detail:
      "The configuration cannot be read or breaks its schema. A running gateway keeps the last good version and ignores your edit; a stopped one refuses to start with exit code 78. Correct the named place and check again.",
    explains: [...WITHOUT_START, "openclaw.gateway.restart-storm", "openclaw.secrets.ref-unresolved"],
    remedies: ["restore-config", "review-config"],
    runbook:
      "openclaw config validate --json names path and message. Correct the file, or bring back the newest of openclaw.json.bak, .last-good or .clobbered.* that parses and has gateway.mode. Do not run doctor --fix unseen: it changes far more.",
  },
  {
    code: "openclaw.config.restored",
    symptoms: ["O20"],
    light: "amber",
    layer: 4,
    title: "OpenClaw replaced openclaw.json with an older version",
    detail:
      "OpenClaw judged the configuration broken or suspicious and put back an older copy. Recent edits may be undone. The rejected file is kept next to it as .clobbered with a date: compare, and apply again what you still want.",
    remedies: ["review-restored-config"],
    runbook: "diff openclaw.json with the newest openclaw.json.clobbered.*, apply the wanted lines again, then openclaw config validate.",
  },
  {
    code: "openclaw.secrets.ref-unresolved",
    symptoms: ["O26"],
    light: "red",
    layer: 4,
    title: "A secret the gateway needs cannot be found",
    detail:
      "The configuration points to a secret (environment variable, file, command or store) that is absent here. The command line and the service may see different sources. Give both the same source.",
    explains: ["openclaw.auth.token-missing", "openclaw.auth.token-mismatch", "openclaw.auth.self-call-token-missing"],
    remedies: ["provide-secret-source"],
    runbook:
      "openclaw secrets audit --json --check names the reference. Make its source available to the service too (env file of the unit, readable file, unlocked store), then openclaw secrets reload --json.",
  },
  {
    code: "openclaw.auth.duplicate-secrets",
    symptoms: ["O37"],
    light: "amber",
    layer: 6,
    title: "Copies of the gateway token differ",
    detail:
      "The gateway's token is written in several places and they do not hold the same value. Which one wins depends on the release and on who starts the program, so log-ins fail now and then. Keep one source and remove the others.",
    remedies: ["collapse-secrets"],
    runbook:
      "Compare fingerprints of gateway.auth.token, gateway.remote.token, .env, the service unit's environment and the login shell. Keep gateway.auth.token, remove the rest, openclaw gateway install --force, restart.",
  },
  {
    code: "openclaw.security.exposed",
    symptoms: ["O45"],
    light: "red",
    layer: 4,
    title: "The gateway or its secrets are open to others",
    detail:
      "The gateway listens beyond this machine without authentication, or files with secrets can be read by other accounts. Anyone who reaches it can act as you. Bind it to loopback or require a token, and tighten the file modes.",
    remedies: ["tighten-access"],
    runbook:
      "openclaw config set gateway.bind loopback, or set gateway.auth.mode to token with a token. chmod 600 openclaw.json and .env, chmod 700 ~/.openclaw. Proof: openclaw security audit --json.",
  },
];
