import { HINT, LIKELY, SURE, type WordingRule } from "./rule.ts";

/** Models and their credentials, as agents, logs and the provider say it. */
export const providerWording: readonly WordingRule[] = [
  {
    code: "openclaw.provider.long-context-refused",
    any: [
      /Extra usage is required for long context/i,
      /long context (?:beta|requests?).{0,80}(?:not (?:yet )?available|requires? extra usage|not entitled)/i,
    ],
    confidence: SURE + 0.1,
  },
  // OpenClaw files the long context refusal under billing; a real lack of credit says so in the provider's words.
  {
    code: "openclaw.provider.long-context-refused",
    any: [/\breturned a billing error\b/i],
    not: [/credit balance is too low/i],
    confidence: LIKELY,
  },
  { code: "openclaw.provider.credential-expired", any: [/\breturned a billing error\b/i], confidence: HINT },
  {
    code: "openclaw.provider.credential-expired",
    any: [
      /OAuth token refresh failed/i,
      /request failed \(authentication failed, HTTP 40[13]\)/i,
      /Re-authenticate (?:the|this) provider|Authentication (?:refresh )?failed(?: at the provider)?\. Re-authenticate/i,
      /Provider \S+ is in cooldown/i,
      /No available auth profile for/i,
      /cannot bypass unavailable profiles/i,
      /No API key found for provider/i,
      /No (?:route-compatible )?(?:authentication source|credentials?) (?:is |are )?configured for/i,
      /Auth profile \S+ is (?:disabled|expired|in cooldown)/i,
      /Auth profile "[^"]*" is not configured/i,
      /\bauth[_ ]profile[_ ]failure[_ ]state[_ ]updated\b.*\breason=(?:auth|auth_permanent|billing)\b/i,
      /embedded[_ ]run[_ ]agent[_ ]end\b.*\b(?:401|authentication_error|failoverReason=auth)\b/i,
      /\b(?:refresh_token_(?:reused|invalidated)|token_invalidated|invalid_refresh_token)\b/,
      /using external OAuth credential after refresh failure/i,
      /^-?\s*[\w.@-]{1,80}:[\w.@-]{1,80} (?:expired|expiring) expires\b/i,
      /OAuth session expired and could not be refreshed/i,
      /Expected token starting with/i,
      /providers? in use .*(?:missing|without) (?:auth|credentials)/i,
    ],
    confidence: SURE,
  },
  {
    code: "openclaw.provider.credential-expired",
    any: [
      /authentication_error/i,
      /\binvalid x-api-key\b|Invalid bearer token|OAuth token has (?:expired|been revoked)/i,
      /HTTP 401\b|\b401\b.{0,40}(?:unauthorized|authentication|token)/i,
      /\[disabled:\w+|\[cooldown /,
      /\btoken_expired\b|invalid_grant/,
    ],
    ours: true,
    not: [/gateway (?:token|password) mi|conn=/i],
    confidence: LIKELY,
  },
  {
    // Claude Code writes the same answers when it runs inside another stack, which then knows better whose they are.
    code: "openclaw.provider.credential-expired",
    any: [
      /Failed to authenticate\. API Error: 40[13]|OAuth token has (?:expired|been revoked)\b.{0,80}(?:obtain|refresh|login)|Invalid API key · (?:Fix|Please)/i,
      /Not logged in · Please run \/login/,
    ],
    confidence: HINT - 0.1,
  },
  {
    code: "openclaw.provider.local-backend-incompatible",
    any: [
      /incomplete turn detected\b.*\bpayloads=0/i,
      /blocked model \(context window too small\)|Model context window too small/i,
      /messages\[?\.?\d*\]?\.?content\b.{0,80}(?:must be a string|expected (?:a )?string|should be a string|invalid type: sequence)/i,
      /(?:ollama|lmstudio|lm studio|vllm|llama\.cpp|llama-server|mlx|localhost|127\.0\.0\.1)\b.{0,160}\bmodel_not_found\b|\bmodel_not_found\b.{0,160}(?:ollama|lmstudio|vllm|llama|mlx|127\.0\.0\.1|localhost)/i,
    ],
    confidence: SURE,
  },
  {
    code: "openclaw.provider.local-backend-incompatible",
    any: [/\bmodel_not_found\b/, /incomplete turn detected/i, /exceeds? (?:the )?(?:available )?context (?:size|length|window)|n_ctx/i],
    ours: true,
    confidence: LIKELY,
  },
];
