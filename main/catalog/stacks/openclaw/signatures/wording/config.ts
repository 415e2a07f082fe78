import { LIKELY, SURE, type WordingRule } from "./rule.ts";

/** openclaw.json: broken, refused, or put back. */
export const configWording: readonly WordingRule[] = [
  {
    code: "openclaw.config.restored",
    any: [
      /Config auto-restored from/i,
      /(?:invalid|restored invalid)(?: effective)? config (?:was restored )?from last-(?:known-)?good/i,
      /restored last-known-good config/i,
      /Config recovery warning/i,
      /Restored \S+\.json from last-(?:known-)?good/i,
      /original saved as \.clobbered/i,
      /Config observe anomaly/i,
      /\b(?:missing-meta|gateway-mode-missing|size-drop|update-channel-only-root)(?:-vs-last-good|-only-root)?\b.{0,10}last-good|\bsize-drop(?:-vs-last-good)?:\d+->\d+|\bgateway-mode-(?:missing-vs-last-good|removed)\b/i,
      /Config clobber snapshot/i,
      /openclaw\.json\.clobbered\.\d{4}/,
    ],
    confidence: SURE + 0.08,
  },
  {
    code: "openclaw.config.invalid",
    any: [
      /(?:OpenClaw|Clawdbot|Moltbot) config is invalid/i,
      /Failed to read config at \S+\.json/i,
      /JSON5 parse failed/i,
      /config reload skipped \(invalid config\)/i,
      /Gateway start blocked: existing config is missing gateway\.mode/i,
      /gateway\.mode is unset/i,
      /^Missing config\. Run /,
      /Config (?:file )?is invalid\b|^\W*Config invalid\b|Config write rejected/i,
      /Invalid config(?: at|:) .*(?:openclaw|gateway\.|channels\.|agents\.)/i,
      /Config issue: /,
    ],
    not: [/auto-restored|best-effort read ignored|from last-(?:known-)?good|token and gateway\.auth\.password are both/i],
    confidence: SURE,
  },
  {
    code: "openclaw.config.invalid",
    any: [/JSON5: invalid/i, /Unrecognized keys?: "/, /Config \(cli\): .*\(invalid\)/],
    not: [/auto-restored|best-effort read ignored/i],
    ours: true,
    confidence: LIKELY,
  },
];
