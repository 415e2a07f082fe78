import type { Effect, PlannedEffect } from "./plan.ts";
import { quoteArgv } from "./shell-words.ts";

const octal = (mode: number): string => mode.toString(8).padStart(3, "0");

/** What a person would type to do this step, one command a line; empty for what is only to be read. */
export function commandsOf({ effect, commands }: Pick<PlannedEffect, "effect" | "commands">): readonly string[] {
  switch (effect.do) {
    case "run-command":
      return [quoteArgv(effect.argv)];
    case "copy-file":
      return [quoteArgv(["cp", "-p", effect.from, effect.to])];
    case "set-mode":
      return [quoteArgv(["chmod", octal(effect.mode), effect.path])];
    case "end-process":
      return [quoteArgv(["kill", String(effect.pid)])];
    default:
      return (commands ?? []).map(quoteArgv);
  }
}

/** What is shown to be taken elsewhere: commands, an address, or the new text of a file; null when there is nothing to take. */
export function pasteable(planned: Pick<PlannedEffect, "effect" | "commands">): string | null {
  const { effect } = planned;
  if (effect.do === "open-url") return effect.url;
  if (effect.do === "write-file") return effect.text;
  const commands = commandsOf(planned);
  return commands.length === 0 ? null : commands.join("\n");
}

const unitWords: Readonly<Record<Extract<Effect, { do: "service-unit" }>["action"], string>> = {
  load: "Load",
  reload: "Load anew",
  start: "Start",
  stop: "Stop",
  restart: "Restart",
  enable: "Switch on",
  disable: "Switch off",
  "reset-failed": "Clear the failures of",
  "read-definitions": "Read the changed definition of",
  "enable-linger": "Keep running after logout:",
};

/** What kind of step an effect is, in the words above its box. Waiting is worded by the front, which knows how to say lengths. */
export function effectKind(effect: Exclude<Effect, { do: "wait" }>): string {
  switch (effect.do) {
    case "run-command":
      return "Run";
    case "service-unit":
      return `${unitWords[effect.action]} ${effect.label}`;
    case "copy-file":
    case "write-file":
      return `Replace ${effect.do === "copy-file" ? effect.to : effect.path}`;
    case "remove-file":
      return `Take away ${effect.path}`;
    case "set-mode":
      return `Set the permissions of ${effect.path} to ${octal(effect.mode)}`;
    case "end-process":
      return `End ${effect.name} (process ${effect.pid})`;
    case "open-url":
      return "Open";
    case "ask-person":
      return "Do by hand";
    case "recheck":
      return "Check again";
  }
}
