import type { Finding } from "../model/finding.ts";
import { byWorst, type Light, worst } from "../model/light.ts";
import type { CheckState, StackState } from "../model/snapshot.ts";
import { count, shorten } from "./words.ts";

/** Characters a sentence may have: two lines in the header. */
const sentenceLimit = 70;

type StackWords = {
  readonly title: string;
  readonly installed: boolean;
  readonly light: Light;
  readonly findings: readonly Finding[];
  readonly checks: readonly CheckState[];
  readonly trouble?: string;
  /** The stack was not looked for to the end yet, so that nothing is known about it. */
  readonly looking?: boolean;
};

/** One line for one stack: the cause first, then how many things follow from it. */
export function stackSentence(stack: StackWords): string {
  if (stack.trouble !== undefined && !stack.installed) return shorten(`Could not look for ${stack.title}: ${stack.trouble}`, sentenceLimit);
  if (!stack.installed) return stack.looking === true ? `Looking for ${stack.title}…` : `${stack.title} is not on this machine`;
  const root = stack.findings.find((f) => f.root && (f.light === "red" || f.light === "amber"));
  if (root !== undefined && stack.light !== "green" && byWorst(root.light, stack.light) <= 0)
    return withTail(shorten(root.title, sentenceLimit), root, stack.findings);
  const lamps = stack.checks.filter((c) => c.drivesLight);
  const worstLamp = [...lamps].sort((a, b) => byWorst(a.light, b.light))[0];
  if (worstLamp === undefined) return `${stack.title}: nothing to look at yet`;
  if (stack.light === "green") {
    const notes = stack.findings.filter((f) => f.root).length;
    return `${stack.title} works: ${count(lamps.filter((c) => c.light === "green").length, "check")} agree${notes > 0 ? `, ${count(notes, "note")}` : ""}`;
  }
  if (worstLamp.at === undefined) return `Looking at ${stack.title}…`;
  return shorten(`${stack.title}, ${lowerFirst(worstLamp.title)}: ${lowerFirst(worstLamp.summary)}`, sentenceLimit);
}

/** What follows is said only when it fits; the cause always is. */
function withTail(title: string, root: Finding, findings: readonly Finding[]): string {
  const otherRoots = findings.filter((f) => f.root && f.code !== root.code && f.light !== "green").length;
  const tail =
    root.state === "soft"
      ? " (checking again)"
      : root.followers.length > 0
        ? `; ${count(root.followers.length, "more follows", "more follow")}`
        : otherRoots > 0
          ? `; and ${count(otherRoots, "other finding")}`
          : "";
  return title.length + tail.length <= sentenceLimit ? `${title}${tail}` : title;
}

/** A proper name or an acronym keeps its capital. */
const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]+(?:\s|$)/.test(text) && !/^(?:[A-Z][a-z]*[A-Z])/.test(text) ? (text[0] ?? "").toLowerCase() + text.slice(1) : text;

/** Light and sentence over all stacks. The machine under the stacks colours the light, but alone it is not "a stack that works". */
export function overall(stacks: readonly StackState[]): { light: Light; sentence: string } {
  const installed = stacks.filter((s) => s.installed);
  const own = installed.filter((s) => !s.ground);
  // What a person stopped says nothing about the rest; only when nothing else is there does it speak.
  const wanted = stacks.filter((s) => s.stopped === undefined);
  if (wanted.length < stacks.length && wanted.some((s) => s.installed && !s.ground)) return overall(wanted);
  if (own.length === 0) {
    const ground = installed.filter((s) => s.light === "red" || s.light === "amber");
    const first = ground[0];
    if (first !== undefined) return { light: worst(ground.map((s) => s.light)), sentence: first.sentence };
    return { light: "grey", sentence: "No agent stack found on this machine" };
  }
  const light = worst(installed.map((s) => s.light));
  const speaking = [...installed].sort((a, b) => byWorst(a.light, b.light) || Number(a.ground) - Number(b.ground));
  const first = speaking[0];
  if (first === undefined) return { light: "grey", sentence: "Nothing to look at" };
  if (light === "green") return { light, sentence: own.length === 1 ? (own[0]?.sentence ?? "") : `All ${own.length} stacks work` };
  const others = installed.filter((s) => s !== first && (s.light === "red" || s.light === "amber")).length;
  return { light, sentence: others > 0 ? shorten(`${first.sentence} (and ${count(others, "other stack")})`, 120) : first.sentence };
}
