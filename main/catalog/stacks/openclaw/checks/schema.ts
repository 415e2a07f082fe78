import type { Verdict } from "../../../../core/model/observation.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import { at, flag, oneLine, records, text } from "../knowledge/loose.ts";
import type { GatewayLink } from "../protocol/link.ts";
import { allows } from "../protocol/reads.ts";
import type { Gateway } from "./gateway.ts";
import { ownCheck } from "./own-check.ts";

/** What the running gateway thinks of the file as it is now, by the schema of its own release. */
export type SchemaSeen =
  | { readonly kind: "judged"; readonly valid: boolean; readonly issues: readonly string[] }
  | { readonly kind: "unknown"; readonly why: string };

async function ask({ place, link }: Gateway, context: ProbeContext): Promise<SchemaSeen> {
  return link.with(place.target, context, async ({ visit }): Promise<SchemaSeen> => {
    if (visit.kind !== "in") return { kind: "unknown", why: "Not visible without a connection" };
    if (!allows(visit.session.hello.scopes, "config.get")) return { kind: "unknown", why: "Not visible: needs operator.read" };
    const outcome = await visit.session.call("config.get", place.target.local ? 1_000 : 4_000);
    if (outcome.kind !== "answered") return { kind: "unknown", why: "The gateway did not say" };
    const valid = flag(at(outcome.payload, "valid"));
    if (valid === undefined) return { kind: "unknown", why: "This release does not say" };
    const issues = records(at(outcome.payload, "issues"))
      .slice(0, 8)
      .map((issue) => oneLine(`${text(issue["path"]) ?? "the file"}: ${text(issue["message"]) ?? "not valid"}`, 200));
    return { kind: "judged", valid, issues };
  });
}

export function judgeSchema(seen: SchemaSeen): Verdict {
  if (seen.kind === "unknown") return { light: "grey", summary: seen.why, applies: false };
  if (seen.valid) return { light: "green", summary: "The gateway accepts openclaw.json as it is" };
  const issues = seen.issues.length > 0 ? seen.issues : ["no reason given"];
  const evidence = issues.map((issue) => ({ source: "config.get", text: issue }));
  // It runs on with the last good version, so this is a warning: the next start would fail.
  const findings = [{ code: "openclaw.config.invalid", light: "amber" as const, evidence }];
  return { light: "amber", summary: oneLine(`Not accepted: ${issues[0]}`, 90), findings };
}

/** The last answer for one version of the file, kept with the link so that looking for the installation again does not lose it. */
const answers = new WeakMap<GatewayLink, { readonly version: string; readonly seen: SchemaSeen }>();

/** Asks again only when the file changed: the answer is the whole configuration, and costs the gateway more than other reads. */
export const schemaCheck = (gateway: Gateway) => {
  return ownCheck<SchemaSeen>(
    { id: "schema", title: "Settings are accepted", kind: "websocket", everyMs: 15_000, timeoutMs: 8_000 },
    async (context) => {
      const facts = await context.ports.files.facts(gateway.place.configPath);
      const known = answers.get(gateway.link);
      const version = facts === null ? "missing" : `${facts.inode} ${facts.modifiedMs} ${facts.sizeBytes}`;
      if (known?.version === version && known.seen.kind === "judged") return known.seen;
      const seen = await ask(gateway, context);
      answers.set(gateway.link, { version, seen });
      return seen;
    },
    judgeSchema,
  );
};
