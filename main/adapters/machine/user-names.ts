import { readFileSync } from "node:fs";
import { userInfo } from "node:os";

/** Names of accounts by uid from `/etc/passwd`, read once; an account known elsewhere only is shown by its number. */
export function userNames(passwdPath = "/etc/passwd"): (uid: number) => string {
  let names: Map<number, string> | undefined;
  return (uid) => {
    names ??= new Map([...readNames(passwdPath), ...ownName()]);
    return names.get(uid) ?? String(uid);
  };
}

function readNames(path: string): readonly (readonly [number, string])[] {
  try {
    const lines = readFileSync(path, "utf8")
      .split("\n")
      .map((line) => line.split(":"));
    return lines.flatMap(([name, , uid]) => (name && uid && /^\d+$/.test(uid) ? [[Number(uid), name] as const] : []));
  } catch {
    return [];
  }
}

/** Our own account may come from a directory and be absent from the file; a container may not know it at all. */
function ownName(): readonly (readonly [number, string])[] {
  try {
    const { uid, username } = userInfo();
    return [[uid, username]];
  } catch {
    return [];
  }
}
