import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { userInfo } from "node:os";

export type Account = { readonly user: string; readonly uid: number; readonly gid: number; readonly home: string };

export const ownAccount = (): Account => {
  const { username, uid, gid, homedir } = userInfo();
  return { user: username, uid, gid, home: homedir };
};

/** An existing account of this machine by its name; throws when there is none. */
export function accountOf(user: string): Account {
  const fields = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .find(([name]) => name === user);
  if (!fields) throw new Error(`No account ${user}`);
  return { user, uid: Number(fields[2]), gid: Number(fields[3]), home: fields[5] ?? "/" };
}

/**
 * Makes an account with a home folder for a test that must not touch anybody's own (Linux, as root).
 * `remove` ends everything the account still runs and deletes it with its home.
 */
export function makeThrowAwayAccount(): Account & { remove(): void } {
  const user = `lamp-${randomBytes(3).toString("hex")}`;
  execFileSync("useradd", ["--create-home", "--shell", "/bin/sh", "--comment", "throw-away test account", user], { stdio: "pipe" });
  const remove = () => {
    try {
      execFileSync("pkill", ["-KILL", "-u", user], { stdio: "ignore" });
    } catch {
      // Nothing of the account runs any more.
    }
    execFileSync("userdel", ["--remove", "--force", user], { stdio: "ignore" });
  };
  return { ...accountOf(user), remove };
}
