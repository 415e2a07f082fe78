/** What a verb acts on: a unit by its label, or a process, container or program by any of its names. */
export type RestartVerb = { readonly acts: "unit" | "anything" };

const gap = "(?:\\s+[^\\s;|&]+){0,8}?\\s+";

const verbs: readonly (readonly [RegExp, RestartVerb["acts"]])[] = [
  [new RegExp(`\\blaunchctl${gap}(?:kickstart|bootout|bootstrap|load|unload|start|stop|remove|kill)\\b`, "i"), "unit"],
  [new RegExp(`\\bsystemctl${gap}(?:(?:try-)?(?:reload-or-)?restart|start|stop|kill)\\b`, "i"), "unit"],
  [/\b(?:service|rc-service|initctl)\s+\S+\s+(?:restart|start|stop)\b/i, "unit"],
  [/\bbrew\s+services\s+(?:restart|start|stop)\b/i, "unit"],
  [/\b(?:gateway|daemon|server)\s+(?:--?\S+\s+){0,4}(?:restart|start|stop)\b/i, "anything"],
  [/\b(?:pm2|supervisorctl|monit|forever|nodemon)\s+(?:--?\S+\s+){0,4}(?:restart|reload|start|stop|delete)\b/i, "anything"],
  [new RegExp(`\\b(?:docker|podman|nerdctl)${gap}(?:restart|start|stop|kill)\\b`, "i"), "anything"],
  [/\bfuser\s+(?:-\S+\s+)*-\S*k/i, "anything"],
  // `kill -0` asks whether a process is there, `kill -l` lists signals.
  [/(?<![\w-])(?:pkill|killall|kill)(?![\w-])(?!\s+-(?:0|l|L)\b|\s+-s\s+0\b)/, "anything"],
  [/\bthen\s+(?:restart|start|stop|exec)\b/i, "anything"],
];

/** Words of programs written as lists, such as `["launchctl", "kickstart"]`, read as on a command line. */
export const commandWords = (line: string): string => line.replaceAll(/["'`,[\]()]+/g, " ").replaceAll(/\s+/g, " ");

/** Every way in which a line restarts, starts, stops or kills something; empty when it does not. */
export function restartVerbs(line: string): readonly RestartVerb[] {
  const words = commandWords(line.slice(0, 2000));
  return verbs.flatMap(([pattern, acts]) => (pattern.test(words) ? [{ acts }] : []));
}
