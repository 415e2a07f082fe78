import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { loadStacks, makeApp, openDemoApp } from "../make-app.ts";
import type { Surroundings } from "./call.ts";
import { runDir } from "./run-dir.ts";

/** Looked up from the bundle in `out/cli` and from this source file. */
function readVersion(): string {
  for (const place of ["../../package.json", "../../../package.json"]) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(place, import.meta.url), "utf8")) as Record<string, unknown>;
      if (name === "lamplighter" && typeof version === "string") return version;
    } catch {
      // Not there: the other place has it.
    }
  }
  return "unknown";
}

/** This machine. Everything heavy is loaded when a verb first asks for it. */
export function realSurroundings(env: Readonly<Record<string, string | undefined>>): Surroundings {
  return {
    get version() {
      return readVersion();
    },
    stacks: loadStacks,
    async openApp({ mode, only }) {
      const { realPorts } = await import("../ports.ts");
      return makeApp({ ports: realPorts(), mode, ...(only === undefined ? {} : { only }) });
    },
    openDemoApp,
    runDir: () => runDir({ platform: process.platform, home: homedir(), env }),
    isRemote: (env["SSH_CONNECTION"] ?? "") !== "",
  };
}
