import { compareFindings } from "../../../../core/engine/monotone.ts";
import type { Comparison, RungState } from "./ladder.ts";
import { answeredSaid, channelsSaid, doctorSaid, letInSaid, type Said } from "./slow-answers.ts";

/** Answers of OpenClaw's slow commands, parsed; what was not asked is absent. */
export type SlowAnswers = {
  /** `gateway status --json --require-rpc` */
  readonly status?: unknown;
  /** `channels status --json` */
  readonly channels?: unknown;
  /** `doctor --lint --json` */
  readonly doctor?: unknown;
};

/** What our own probes say about the same things. */
export type OwnView = {
  readonly answers: RungState;
  readonly letsIn: RungState;
  readonly channelsWork: RungState;
  readonly configValid: RungState;
};

/** What OpenClaw's own answers say, topic by topic, beside ours. */
export function comparisons({ status, channels, doctor }: SlowAnswers, ours: OwnView): readonly Comparison[] {
  const compare = (topic: string, { state, said }: Said, own: RungState): Comparison => ({ topic, theirs: state, ours: own, said });
  return [
    compare("gateway answers", answeredSaid(status), ours.answers),
    compare("gateway lets us in", letInSaid(status), ours.letsIn),
    compare("channels work", channelsSaid(channels), ours.channelsWork),
    compare("configuration is valid", doctorSaid(doctor, "openclaw.config.invalid"), ours.configValid),
  ];
}

/** How the list of disagreements changed. Repairs are kept only while it gets shorter. */
export function trendWords(now: readonly string[], before: readonly string[] | undefined): string {
  if (before === undefined) return `${now.length === 0 ? "No disagreement" : `${now.length} to resolve`}; nothing to compare with yet`;
  const wrong = (topics: readonly string[]) => topics.map((code) => ({ code, light: "amber" as const }));
  const { appeared, gone, trend } = compareFindings(wrong(before), wrong(now));
  const solved = gone.length === 0 ? "" : `; resolved: ${gone.join(", ")}`;
  switch (trend) {
    case "worse":
      return `New since last time: ${appeared.join(", ")}${solved}. Undo the last step before you go on`;
    case "better":
      return `${now.length} left of ${before.length}${solved}`;
    case "same":
      return `As last time: ${now.length}`;
  }
}
