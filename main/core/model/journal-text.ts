type Row = { readonly what: string; readonly facts: Readonly<Record<string, string>> };

const sentences: Readonly<Record<string, (fact: (name: string) => string) => string>> = {
  "repair-started": (fact) => `Began “${fact("title")}” for ${fact("code")} (${fact("repair")})`,
  "step-started": (fact) => `Step ${fact("step")}: ${fact("preview")}${fact("commands") === "" ? "" : ` · ${fact("commands")}`}`,
  "step-ended": (fact) => `Step ${fact("step")} ${fact("state")}: ${fact("detail")}`,
  "file-kept": (fact) => `Kept what was at ${fact("path")} (${fact("copy")})`,
  "repair-ended": (fact) => `Ended, ${fact("outcome").replaceAll("-", " ")}: ${fact("sentence")} (${fact("repair")})`,
  "repair-resumed": (fact) => (fact("how") === "leave" ? `Left ${fact("repair")} as it was` : `Went on with ${fact("repair")}`),
  "undo-started": (fact) => `Began to put back ${fact("changes")} (${fact("repair")})`,
  "undo-ended": (fact) => `Putting back ended: ${fact("kind").replaceAll("-", " ")} (${fact("repair")})`,
  intent: (fact) => `${fact("by")} wants ${fact("stack")} ${fact("wanted")}`,
  "intent-over": (fact) => `${fact("stack")} counts as stopped on purpose no more: ${fact("reason")}`,
};

/** One line of the journal in words. A kind of line that is not known here is told with all its facts. */
export function journalText({ what, facts }: Row): string {
  const sentence = Object.hasOwn(sentences, what) ? sentences[what] : undefined;
  if (sentence !== undefined) return sentence((name) => facts[name] ?? "");
  const told = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  return `${what.replaceAll("-", " ")}${told.length === 0 ? "" : `: ${told.join(", ")}`}`;
}
