import { homedir, hostname, tmpdir, userInfo } from "node:os";
import { isAbsolute } from "node:path";
import type { Environment } from "../../core/ports/machine.ts";

const platforms: Readonly<Record<string, Environment["platform"]>> = { darwin: "macos", linux: "linux" };

/** This process's own surroundings. `HOME` moves the home folder, as for every other program. */
export function ownEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const account = whoWeAre(variables);
  return {
    platform: platforms[process.platform] ?? "other",
    home: variables["HOME"] || homedir(),
    ...account,
    tempDir: variables["TMPDIR"] || tmpdir(),
    pathDirs: (variables["PATH"] ?? "").split(":").filter(isAbsolute),
    hostName: hostname(),
    variable: (name) => variables[name],
  };
}

/** In a container the account may have no name at all; then its number is its name. */
function whoWeAre(variables: Readonly<Record<string, string | undefined>>): Pick<Environment, "user" | "uid"> {
  const uid = process.getuid?.() ?? -1;
  try {
    return { user: userInfo().username, uid };
  } catch {
    return { user: variables["USER"] || String(uid), uid };
  }
}
