import { check } from "../../../../core/model/check.ts";
import { configFileProbe } from "../../../probes/config-file/index.ts";
import type { ConfigFacts } from "../knowledge/config-facts.ts";
import { oneLine } from "../knowledge/loose.ts";
import { parseConfigWith } from "../knowledge/parse-config.ts";
import { largestConfigBytes } from "../knowledge/read-json5.ts";
import { versionOf } from "../place/config-file.ts";
import type { Gateway } from "./gateway.ts";

/** openclaw.json. Its findings depend on whether the gateway runs on regardless, so `diagnose` raises them. */
export const configCheck = ({ place }: Gateway) => {
  const probe = configFileProbe<ConfigFacts>();
  const options = { path: place.configPath, maxBytes: largestConfigBytes, parse: parseConfigWith(place.fingerprint) };
  const bound = check({ id: "config", title: "openclaw.json", everyMs: 15_000, timeoutMs: 3_000 }, probe, options, (seen) => {
    const wrong = seen.kind === "parsed" ? seen.parsed.problems[0] : undefined;
    if (wrong !== undefined) return { light: "amber", summary: oneLine(`openclaw.json: ${wrong.path} ${wrong.message}`, 90) };
    const verdict = probe.judge(options as Parameters<typeof probe.judge>[0], seen, []);
    // Amber at most: how bad it is says the finding that `diagnose` raises.
    return verdict.light === "red" ? { ...verdict, light: "amber" } : verdict;
  });
  // What is on the disk now may differ already from what was found when the stack was located.
  let known = place.config.version;
  return {
    ...bound,
    observe: async (context: Parameters<typeof bound.observe>[0]) => {
      const seen = await bound.observe(context);
      const version = versionOf(seen);
      // Port, address and credential were read when the stack was located: a changed file means looking again.
      if (known !== version) context.nudge(["*"]);
      known = version;
      return seen;
    },
  };
};
