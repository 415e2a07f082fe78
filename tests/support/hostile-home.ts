import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** The secret of the invented gateway; it must never be seen in anything that is printed. */
export const hostileToken = "hostile-canary-token-0123456789";

/** A throw-away home whose files a test makes as bad as it likes. Everything below `home` goes with `remove`. */
export type HostileHome = {
  readonly home: string;
  readonly stateDir: string;
  readonly configPath: string;
  readonly logPath: string;
  /** Variables to look at it with; nothing of the real account is among them. */
  readonly env: Readonly<Record<string, string>>;
  /** Replaces `openclaw.json`: text and bytes as they are, anything else as JSON. */
  config(value: unknown): void;
  /** Writes a file below the home, with its folders. */
  file(path: string, content: string | Uint8Array): string;
  remove(): void;
};

/** The configuration of a gateway that works: local, loopback, with a token and a log file of its own. */
export const workingConfig = (home: Pick<HostileHome, "logPath">, port: number): Record<string, unknown> => ({
  gateway: { mode: "local", port, bind: "loopback", auth: { mode: "token", token: hostileToken } },
  logging: { file: home.logPath },
});

export function hostileHome(): HostileHome {
  const home = mkdtempSync(join(tmpdir(), "lamplighter-hostile-"));
  const stateDir = join(home, ".openclaw");
  for (const folder of [stateDir, join(home, "tmp"), join(home, "run")]) mkdirSync(folder, { mode: 0o700 });
  const configPath = join(stateDir, "openclaw.json");
  const write = (path: string, content: string | Uint8Array): string => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  return {
    home,
    stateDir,
    configPath,
    logPath: join(home, "gateway.log"),
    env: {
      HOME: home,
      LAMPLIGHTER_HOME: join(home, "lamplighter"),
      TMPDIR: join(home, "tmp"),
      XDG_RUNTIME_DIR: join(home, "run"),
      PATH: "/usr/bin:/bin",
      LANG: "C.UTF-8",
    },
    config: (value) => void write(configPath, typeof value === "string" || value instanceof Uint8Array ? value : JSON.stringify(value)),
    file: (path, content) => write(join(home, path), content),
    remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 3 }),
  };
}
