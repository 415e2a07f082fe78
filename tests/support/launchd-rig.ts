import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

type Value = string | number | boolean | readonly string[] | { readonly [key: string]: Value };

function xmlOf(value: Value): string {
  if (typeof value === "boolean") return `<${value}/>`;
  if (typeof value === "number") return `<integer>${value}</integer>`;
  if (typeof value === "string") return `<string>${escaped(value)}</string>`;
  if (Array.isArray(value)) return `<array>${value.map((each: string) => xmlOf(each)).join("")}</array>`;
  const entries = Object.entries(value).map(([key, each]: readonly [string, Value]) => `<key>${escaped(key)}</key>\n${xmlOf(each)}\n`);
  return `<dict>\n${entries.join("")}</dict>`;
}

/** Text of an XML property list. */
export const plistText = (value: Value): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0">\n${xmlOf(value)}\n</plist>\n`;

export type LaunchdPlace = {
  /** The home folder whose Library/LaunchAgents is used. */
  readonly home: string;
  readonly uid: number;
  /** Runs launchctl; throws when it fails. */
  launchctl(...args: readonly string[]): void;
};

/** Makes throw-away jobs under labels of their own, in a launchd that may be real or not. */
export function launchdJobs(place: LaunchdPlace) {
  const word = `lamplighter-test-${randomBytes(4).toString("hex")}`;
  const made = new Set<string>();
  const loaded = new Set<string>();
  const folder = join(place.home, "Library/LaunchAgents");
  const pathOf = (label: string) => join(folder, `${label}.plist`);

  const define = (kind: string, command: string, more: Readonly<Record<string, Value>>): string => {
    const label = `dev.lamplighter.test.${word.slice(-8)}.${kind}`;
    mkdirSync(folder, { recursive: true });
    made.add(label);
    writeFileSync(pathOf(label), plistText({ Label: label, ProgramArguments: ["/bin/sh", "-c", command, word], ...more }), { mode: 0o644 });
    return label;
  };
  const load = async (kind: string, command: string, more: Readonly<Record<string, Value>>): Promise<string> => {
    const label = `dev.lamplighter.test.${word.slice(-8)}.${kind}`;
    if (loaded.has(label)) return label;
    loaded.add(label);
    define(kind, command, more);
    place.launchctl("bootstrap", `gui/${place.uid}`, pathOf(label));
    return label;
  };

  return {
    word,
    secret: "canary-unit-value-5d1c",
    running: () =>
      load("running", "while :; do sleep 5; done", {
        RunAtLoad: true,
        KeepAlive: true,
        EnvironmentVariables: { LAMP_TOKEN: "canary-unit-value-5d1c" },
      }),
    failing: () => load("failing", "exit 3", { RunAtLoad: true, KeepAlive: true, ThrottleInterval: 1 }),
    ended: () => load("ended", "exit 0", { RunAtLoad: true }),
    unloaded: async () => define("unloaded", "exit 0", { RunAtLoad: true }),
    pathOf,
    define,
    load,
    /** Takes every job out again and deletes its definition. */
    clean() {
      for (const label of made) {
        try {
          place.launchctl("bootout", `gui/${place.uid}/${label}`);
        } catch {
          // It was never loaded, or has left already.
        }
      }
      for (const label of made) rmSync(pathOf(label), { force: true });
    },
  };
}

/** The stand-in for launchd, with its state in the given home folder. */
export function fakeLaunchd(home: string) {
  const bin = new URL("./fake-launchd/bin/", import.meta.url).pathname;
  const launchctl = join(bin, "launchctl");
  const run = (...args: readonly string[]) =>
    execFileSync(launchctl, args, { env: { PATH: process.env["PATH"], HOME: home }, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
  return {
    launchctl,
    /** The folder to put first on PATH. */
    bin,
    run,
    /** Overwrites settings of the stand-in; jobs are kept. */
    set(settings: Readonly<Record<string, unknown>>) {
      const path = join(home, ".fake-launchd.json");
      const before: unknown = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
      writeFileSync(path, JSON.stringify(Object.assign({}, before, settings)));
    },
  };
}
