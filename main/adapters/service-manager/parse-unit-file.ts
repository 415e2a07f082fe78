import { splitWords } from "./split-words.ts";

/** The settings of one unit file, in order. A key may stand there often. */
export type UnitFile = readonly { readonly section: string; readonly key: string; readonly value: string }[];

/** Reads a unit file. Comments are dropped and lines that end in a backslash are continued. */
export function parseUnitFile(text: string): UnitFile {
  const settings: { section: string; key: string; value: string }[] = [];
  let section = "";
  const lines = text.split("\n").filter((line) => !/^\s*[#;]/.test(line));
  for (const line of lines.join("\n").replaceAll(/\\\n/g, " ").split("\n")) {
    const header = /^\s*\[(.+)\]\s*$/.exec(line)?.[1];
    const setting = /^\s*([A-Za-z]+)\s*=\s*(.*)$/.exec(line.trimEnd());
    if (header !== undefined) section = header;
    else if (setting) settings.push({ section, key: setting[1] ?? "", value: setting[2] ?? "" });
  }
  return settings;
}

/** All values of a `[Service]` setting that collects them; an empty value forgets those before it. */
export function serviceValues(unit: UnitFile, key: string): readonly string[] {
  const values = unit.filter((each) => each.section === "Service" && each.key === key).map((each) => each.value);
  return values.slice(values.lastIndexOf("") + 1);
}

/** The words of the command that the unit starts; empty for a unit without one. `home` stands for `%h`. */
export function unitCommand(unit: UnitFile, home: string): readonly string[] {
  const command = serviceValues(unit, "ExecStart").at(-1) ?? "";
  // Signs before the path change how it is run, not what is run.
  const words = splitWords(command.replace(/^[-@:+!]+/, ""));
  return words.map((word) => word.replaceAll("%h", home).replaceAll("%%", "%").replaceAll("$$", "$"));
}

/** The file that a standard stream is written to; undefined when it goes elsewhere. */
export function unitStreamPath(unit: UnitFile, key: "StandardOutput" | "StandardError"): string | undefined {
  return /^(?:file|append|truncate):(\/.*)$/.exec(serviceValues(unit, key).at(-1) ?? "")?.[1];
}
