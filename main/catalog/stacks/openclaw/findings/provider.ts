import type { FindingKind } from "../../../../core/model/finding.ts";

/** The models behind the agents, and the credentials they need. */
export const providerFindings: readonly FindingKind[] = [
  {
    code: "openclaw.provider.credential-expired",
    symptoms: ["O46"],
    light: "red",
    layer: 9,
    title: "A model credential needs to be renewed {named}",
    detail:
      "A credential that a configured model needs is missing, expired, about to expire, or was rejected by the provider. Agents and jobs that use it fail. Sign in again or paste a new token; a saved token is only proven by a real call.",
    explains: ["openclaw.cron.not-delivering"],
    remedies: ["renew-credential"],
    runbook:
      "openclaw models status names provider and profile. Sign in: openclaw models auth login --provider P; or openclaw models auth paste-token --provider P (one line, no breaks). Proof: openclaw models status --probe --probe-provider P, which costs one call.",
  },
  {
    code: "openclaw.provider.long-context-refused",
    symptoms: ["O3"],
    light: "red",
    layer: 9,
    confirmAfter: 1,
    title: "Anthropic refuses the long context for this credential",
    detail:
      "The model is set to the one-million-token context, and the credential is not entitled to it. OpenClaw calls it a billing error and switches the credential off for a while. Turn the long context off, use another credential, or add a fallback model.",
    explains: ["openclaw.provider.credential-expired", "openclaw.cron.not-delivering"],
    remedies: ["disable-long-context"],
    runbook:
      "openclaw config set agents.defaults.models.REF.params.context1m false (or use a credential with extra usage, or a fallback model). The profile comes back after its pause of about ten minutes.",
  },
  {
    code: "openclaw.provider.local-backend-incompatible",
    symptoms: ["O4"],
    light: "amber",
    layer: 9,
    title: "The local model server answers probes but not real turns",
    detail:
      "A direct request works, and the agent's request does not: the model id has a prefix the server does not know, it wants plain text content, or the prompt is larger than its context. The log line says which.",
    explains: ["openclaw.cron.not-delivering"],
    remedies: ["adapt-local-backend"],
    runbook:
      "model_not_found: use the id from /v1/models. content must be a string: set the compat option. incomplete turn or crash on large prompts: lower the context or raise the server's. Proof: openclaw infer model run.",
  },
];
