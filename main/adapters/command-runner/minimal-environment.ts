/** Everything a foreign program may inherit. Other variables may hold secrets that are none of its business. */
const inherited = ["PATH", "HOME", "LANG", "USER", "TMPDIR", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"] as const;

const fallbackPath = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

/** The environment of a command: the few inherited variables that are set, a PATH in any case, then what the request adds. */
export function minimalEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  added: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const kept = inherited.flatMap((name) => {
    const value = own[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { PATH: fallbackPath, ...Object.fromEntries(kept), ...added };
}
