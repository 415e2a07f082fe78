import type { WatchdogTarget } from "../../core/ports/watchdogs.ts";

/** Ways in which a text can mean a target. Each is free of state. */
export type TargetNames = {
  /** Its service unit: with or without a domain before it, `.plist` or `.service` behind it. */
  readonly unit: (text: string) => boolean;
  readonly port: (text: string) => boolean;
  /** Any of its labels, ports and words. */
  readonly any: (text: string) => boolean;
  readonly word: (text: string) => boolean;
};

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);

function matcher(patterns: readonly string[]): (text: string) => boolean {
  const usable = patterns.filter((each) => each !== "");
  if (usable.length === 0) return () => false;
  const pattern = new RegExp(usable.join("|"), "i");
  return (text) => pattern.test(text);
}

/** `org.lamp` is not meant by `org.lamp-dev`, nor port 1878 by 18789. */
export function targetNames({ labels, ports, words }: WatchdogTarget): TargetNames {
  const bare = labels.map((label) => label.replace(/\.service$/, "")).filter((label) => label.length > 1);
  const units = bare.map((label) => `(?<![\\w.-])${escaped(label)}(?![\\w-]|\\.(?!plist|service)\\w)`);
  const numbers = ports.map((port) => `(?<![\\w.])${port}(?![\\w])`);
  const said = words.filter((word) => word.trim().length > 2).map((word) => `(?<!\\w)${escaped(word.trim())}(?!\\w)`);
  return { unit: matcher(units), port: matcher(numbers), word: matcher(said), any: matcher([...units, ...numbers, ...said]) };
}
