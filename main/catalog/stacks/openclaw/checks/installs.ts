import type { Verdict } from "../../../../core/model/observation.ts";
import type { ProbeContext } from "../../../../core/ports/index.ts";
import { at, parseJson, text } from "../knowledge/loose.ts";
import { packageInArgv } from "../knowledge/service-audit.ts";
import type { Binary } from "../knowledge/versions.ts";
import { expand, join } from "../place/paths.ts";
import type { Gateway } from "./gateway.ts";
import { ownCheck } from "./own-check.ts";

/** Programs called openclaw, and the package the service unit starts. */
export type InstallsSeen = {
  readonly binaries: readonly Binary[];
  readonly service?: { readonly path: string; readonly version?: string };
};

const usualDirs = [
  "~/.openclaw/bin",
  "/opt/homebrew/bin",
  "/usr/local/bin",
  "~/.npm-global/bin",
  "~/.local/bin",
  "~/.volta/bin",
  "~/.bun/bin",
];

/** Version in the package.json above a program, at most four folders up. */
async function versionOf(path: string, context: ProbeContext): Promise<string | undefined> {
  const parts = path.split("/");
  for (let up = 0; up <= 4 && parts.length - up > 1; up += 1) {
    const folder = parts.slice(0, parts.length - up).join("/");
    const file = await context.ports.files.read(`${folder}/package.json`, { maxBytes: 1_048_576 });
    const manifest = file.kind === "text" ? parseJson(file.text) : undefined;
    if (/^(?:openclaw|clawdbot|moltbot)$/.test(text(at(manifest, "name")) ?? "")) return text(at(manifest, "version"));
  }
  return undefined;
}

async function look(gateway: Gateway, binary: string | undefined, context: ProbeContext): Promise<InstallsSeen> {
  const { commands, environment, files, services } = context.ports;
  const { home, label } = gateway.place;
  const dirs = usualDirs.map((dir) => expand(dir, home));
  const found = [...(binary === undefined ? [] : [expand(binary, home)]), ...(await commands.locateAll("openclaw", dirs))];
  const binaries = await Promise.all(
    [...new Set(found)].slice(0, 8).map(async (path): Promise<Binary> => {
      const real = (await files.realPath(path)) ?? path;
      const version = await versionOf(real, context);
      const onPath = environment.pathDirs.some((dir) => path === join(dir, "openclaw"));
      return { path, onPath, ...(version === undefined ? {} : { version }) };
    }),
  );
  const reading = label === null ? null : await services.read(label, { timeoutMs: 1_200 });
  const path = reading?.kind === "loaded" ? packageInArgv(reading.argv ?? []) : undefined;
  if (path === undefined) return { binaries };
  const version = await versionOf(`${path}/openclaw.mjs`, context);
  return { binaries, service: { path, ...(version === undefined ? {} : { version }) } };
}

function judgeSeen({ binaries, service }: InstallsSeen): Verdict {
  if (binaries.length === 0 && service === undefined) return { light: "grey", summary: "No openclaw program on PATH", applies: false };
  const versions = [...new Set([...binaries.map((one) => one.version), service?.version].filter((one) => one !== undefined))];
  return { light: versions.length > 1 ? "amber" : "green", summary: `Installed: ${versions.join(", ") || "unknown version"}` };
}

/** Installed versions. What they mean together is for `diagnose`. */
export const installsCheck = (gateway: Gateway, binary: string | undefined) =>
  ownCheck<InstallsSeen>(
    { id: "installs", title: "Installed versions", kind: "command", everyMs: 300_000, timeoutMs: 5_000, drivesLight: false },
    (context) => look(gateway, binary, context),
    judgeSeen,
  );
