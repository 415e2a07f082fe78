import type { Effect } from "../model/plan.ts";

/**
 * Programs that run whatever text they are given, under another name or with other rights. A plan runs the program it shows and
 * nothing through another one.
 */
const launchers: ReadonlySet<string> = new Set(
  [
    "sh bash zsh dash ksh mksh csh tcsh fish ash busybox toybox rbash pwsh",
    "su doas sudo sudoedit runuser pkexec run0 login newgrp sg gosu setpriv",
    "env xargs parallel nohup setsid nice ionice timeout time stdbuf watch entr chroot unshare nsenter script expect unbuffer",
    "osascript open automator eval exec command builtin source at batch crontab systemd-run dbus-send busctl gdb lldb strace",
    "awk gawk mawk sed find make ed ex vi vim view emacs less more man tmux screen m4 cc gcc clang jshell",
    "flock caffeinate arch taskset chrt prlimit ltrace perf catchsegv watchexec sshpass dbus-run-session gio xdg-open",
    "socat nc ncat netcat tar zip rsync npx npm pnpm yarn bunx uvx uv pipx pip tsx ts-node go cargo gem git",
  ].flatMap((line) => line.split(" ")),
);

/** Programs that read code from their arguments, with the options by which they do. */
const interpreters =
  /^(?:node|nodejs|bun|deno|python[\d.]*|pypy[\d.]*|perl[\d.]*|ruby[\d.]*|php[\d.]*|lua[\d.]*|luajit|tclsh[\d.]*|Rscript|R)$/i;
/** Words by which a program that plans do use would run one of somebody's choice, or do far more than repair. */
const spawning: Readonly<Record<string, RegExp>> = {
  launchctl: /^(?:submit|asuser|bsexec|debug|reboot|uncache)$/,
  systemctl: /^(?:edit|poweroff|halt|reboot|kexec|isolate|rescue|emergency|set-environment|import-environment)$/,
  docker: /^(?:run|exec|create|compose|buildx?|plugin)$/,
  podman: /^(?:run|exec|create|compose|build|unshare)$/,
  ssh: /(?:proxy|local|knownhosts)command|permitlocal/i,
};
const flat = (name: string): string => name.toLowerCase().replace(/\.(?:exe|static|real|basic|tiny|bin)$/, "");
/** A program under the names it also goes by: with its release (`bash5`, `node24`), and with the g of GNU's own on macOS (`genv`). */
const namesOf = (name: string): readonly string[] => {
  const bare = flat(name).replace(/[-.]?\d[\w.-]*$/, "");
  return [flat(name), bare, bare.replace(/^g/, "")];
};

/** Variables that change which code a program runs. */
const loaders =
  /^(?:PATH|IFS|ENV|BASH_ENV|SHELL|LD_.*|DYLD_.*|NODE_OPTIONS|NODE_PATH|PYTHON.*|PERL5.*|RUBY.*|GIT_.*|NPM_CONFIG_.*|(?:.*_)?(?:PAGER|EDITOR|VISUAL|BROWSER|ASKPASS)|.*_PRELOAD)$/i;

const longestWord = 8_192;
const mostWords = 256;
const longestPath = 4_096;
/** Characters of the new text of a file. */
const longestText = 4_194_304;
const longestWaitMs = 3_600_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const control = /[\u0000-\u001f\u007f\u00ad\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]/;
const bareName = /^[A-Za-z0-9_][A-Za-z0-9._+-]{0,127}$/;
const label = /^[A-Za-z0-9_][A-Za-z0-9_.@:\\-]{0,254}$/;
const variable = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;
const address = /^(?:https?:\/\/(?![^/]*@)[A-Za-z0-9[\].:-]+(?:[/?#][^\s"'<>\\^`{|}]*)?|x-apple\.systempreferences:[A-Za-z0-9._?&=%-]+)$/;

/** An absolute path that means what it says: no `..`, nothing doubled, nothing that a screen would not show. */
function pathObjection(path: string): string | undefined {
  if (!path.startsWith("/")) return `"${path}" is not an absolute path`;
  if (path.length > longestPath || control.test(path)) return "a path is too long, or holds characters that cannot be shown";
  const parts = path.slice(1).split("/");
  return parts.some((part) => part === "" || part === "." || part === "..") ? `"${path}" is not a plain path` : undefined;
}

const labelObjection = (name: string): string | undefined =>
  label.test(name) && !name.includes("..") ? undefined : `"${name}" is not the label of a service unit`;

function programObjection(argv: readonly string[]): string | undefined {
  const [program = "", ...args] = argv;
  const isPath = program.startsWith("/");
  if (!isPath && !bareName.test(program)) return `"${program}" is neither a program's name nor its absolute path`;
  const strange = isPath ? pathObjection(program) : undefined;
  if (strange !== undefined) return strange;
  const name = program.slice(program.lastIndexOf("/") + 1).toLowerCase();
  const names = namesOf(name);
  if (names.some((each) => launchers.has(each)) || /^ld(?:-linux.*|\.so.*)$/.test(name))
    return `"${name}" would run something else than what is shown`;
  const spawns = args.find((word) => (Object.hasOwn(spawning, name) ? spawning[name] : undefined)?.test(word));
  if (spawns !== undefined) return `"${name} ${spawns}" would run something else than what is shown`;
  // A script by its path is what is shown; everything before it could be code.
  const isAsked = args.length === 1 && args[0] === "--version";
  if (names.some((each) => interpreters.test(each)) && args[0] !== undefined && pathObjection(args[0]) !== undefined && !isAsked)
    return `"${name}" may only run a script named by its absolute path`;
  return undefined;
}

function commandObjection(effect: Extract<Effect, { do: "run-command" }>): string | undefined {
  const { argv, cwd, envNames, restarts, timeoutMs } = effect;
  if (argv.length > mostWords || argv.some((word) => word.includes("\0") || word.length > longestWord))
    return "an argument is too long, or holds a character that ends it early";
  // Lines and tabs are shown in quotes; these would make a word look like another one.
  if (argv.some((word) => control.test(word.replaceAll(/[\n\t]/g, "")))) return "an argument holds characters that cannot be shown";
  const wrongVariable = envNames.find((name) => !variable.test(name) || loaders.test(name));
  if (wrongVariable !== undefined) return `the variable "${wrongVariable}" could change what is run`;
  if (timeoutMs !== undefined && timeoutMs > longestWaitMs) return "it may take longer than an hour";
  return (
    programObjection(argv) ??
    (cwd === undefined ? undefined : pathObjection(cwd)) ??
    (restarts === undefined ? undefined : labelObjection(restarts))
  );
}

/** Permission bits that let everybody write, or that run with somebody else's rights, are never a repair. */
const modeObjection = (mode: number | undefined): string | undefined =>
  mode === undefined || (Number.isInteger(mode) && mode >= 0 && mode <= 0o777 && (mode & 0o002) === 0)
    ? undefined
    : `the permissions ${mode.toString(8)} are too wide`;

/**
 * Why an effect may not be carried out, in words that fit after "because"; undefined when it may. The values in an effect can come from
 * files and programs of others, so every one is looked at, however the plan was made.
 */
export function objectionTo(effect: Effect): string | undefined {
  switch (effect.do) {
    case "run-command":
      return commandObjection(effect);
    case "service-unit":
      return labelObjection(effect.label);
    case "copy-file":
      return (
        pathObjection(effect.from) ?? pathObjection(effect.to) ?? (effect.from === effect.to ? "it copies a file onto itself" : undefined)
      );
    case "write-file":
      return (
        pathObjection(effect.path) ?? modeObjection(effect.mode) ?? (effect.text.length > longestText ? "the text is too long" : undefined)
      );
    case "remove-file":
      return pathObjection(effect.path);
    case "set-mode":
      return pathObjection(effect.path) ?? modeObjection(effect.mode);
    case "end-process":
      return Number.isSafeInteger(effect.pid) && effect.pid > 1 && effect.startedMs > 0 && effect.name.trim() !== ""
        ? undefined
        : "it does not say which process";
    case "open-url":
      return address.test(effect.url) ? undefined : "the address is not one that a browser should open";
    case "wait":
      return effect.forMs > 0 && effect.forMs <= longestWaitMs ? undefined : "the wait is not between nothing and an hour";
    case "ask-person":
    case "recheck":
      return undefined;
  }
}
