import type { Raised } from "../../../../core/model/finding.ts";
import type { Dangling } from "../../../../core/ports/files.ts";
import { startTrouble } from "../checks/log.ts";
import { judgeConfig, judgeUnreadable } from "../knowledge/judge-config.ts";
import { oneLine } from "../knowledge/loose.ts";
import { judgeVersions } from "../knowledge/versions.ts";
import { leadsNowhere } from "../place/config-file.ts";
import type { Situation } from "./situation.ts";
import { startHit } from "./start-trouble.ts";

/** What openclaw.json says, weighed by whether a gateway runs on regardless. */
export function judgeSettings(now: Situation): readonly Raised[] {
  const up = now.up === "yes";
  switch (now.config?.kind) {
    case "parsed":
      return [...judgeConfig(now.config.parsed, up), ...refusedAtStart(now), ...otherPort(now), ...outOfReach(now)];
    case "invalid":
      return [...judgeUnreadable(now.config.problem, up), ...stillInForce(now)];
    case "too-large":
    case "not-text":
      return judgeUnreadable({ message: now.config.kind === "too-large" ? "it is far too large" : "it does not hold text" }, up);
    case "missing":
      if (now.config.dangling !== undefined) return [...danglingFile(now.config.dangling, now), ...stillInForce(now)];
      return up || now.place.neverSetUp || now.place.mode === "remote" ? [] : judgeUnreadable({ message: "there is no such file" }, up);
    default:
      return [];
  }
}

/** OpenClaw takes a link to nothing as no file at all: it does not start again with it. */
const danglingFile = (dangling: Dangling, { place, up }: Situation): readonly Raised[] =>
  judgeUnreadable({ message: `${leadsNowhere(dangling)}. Bring it back, or remove the link and run openclaw setup` }, up === "yes").map(
    (raised) =>
      place.mode === "remote" || up !== "yes"
        ? raised
        : { ...raised, evidence: [...raised.evidence, { source: "openclaw.json", text: "The next start of the gateway will be refused" }] },
  );

/** A running gateway goes on with the last good version, and so do the things that are wrong with it. */
const stillInForce = ({ place, up }: Situation): readonly Raised[] =>
  up === "yes" && place.facts !== undefined ? judgeConfig(place.facts, true).filter((one) => one.code !== "openclaw.config.invalid") : [];

/** Without its secret a gateway does not start. One that runs found it where we cannot look, and says at its door whether ours is right. */
function outOfReach({ place, up }: Situation): readonly Raised[] {
  const { problem } = place.credential;
  if (up !== "no" || problem?.kind !== "reference") return [];
  return [{ code: "openclaw.secrets.ref-unresolved", light: "amber", evidence: [{ source: "openclaw.json", text: problem.text }] }];
}

/** A file that reads well may still break the schema of its release; the gateway said so when it last tried to start. */
function refusedAtStart(now: Situation): readonly Raised[] {
  const hit = now.up === "no" ? startHit(now, startTrouble.config) : undefined;
  if (hit === undefined || now.config?.kind !== "parsed" || hit.lastAt < now.config.facts.modifiedMs - 1_000) return [];
  const issue = /openclaw\.json:\s*(.+?)(?:\s*Run "openclaw|$)/s.exec(hit.line)?.[1];
  return [
    {
      code: "openclaw.config.invalid",
      light: "red",
      params: { gateway: "down" },
      evidence: [{ source: "gateway log", text: oneLine(issue ?? hit.line, 240) }],
    },
  ];
}

function otherPort({ place }: Situation): readonly Raised[] {
  if (place.mode === "remote" || place.port === place.configuredPort) return [];
  const text = `The gateway that runs uses port ${place.port}, and the configuration says ${place.configuredPort}`;
  return [{ code: "openclaw.service.config-mismatch", evidence: [{ source: "instance lock", text }] }];
}

/** Which releases are installed, run, and wrote the configuration. */
export function judgeReleases(now: Situation): readonly Raised[] {
  const config = now.config?.kind === "parsed" ? now.config.parsed.lastTouchedVersion : undefined;
  const running = now.startup.version ?? (now.session?.kind === "in" ? now.session.hello.version : undefined);
  const { binaries = [], service } = now.installs ?? {};
  const raised = judgeVersions({
    binaries,
    ...(config === undefined ? {} : { config }),
    ...(service === undefined ? {} : { service }),
    ...(running === undefined ? {} : { running }),
  });
  const refused = now.up === "yes" ? undefined : startHit(now, startTrouble.olderProgram);
  const wroteIt = refused === undefined ? undefined : /last written by OpenClaw (\d[\w.-]*\w)/.exec(refused.line)?.[1];
  if (refused === undefined || (config !== undefined && wroteIt !== config)) return raised;
  return [
    ...raised,
    { code: "openclaw.install.split-brain", light: "red", evidence: [{ source: "gateway log", text: oneLine(refused.line, 240) }] },
  ];
}
