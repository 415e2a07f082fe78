import type { Raised } from "../../../../core/model/finding.ts";
import { judgeAccounts } from "./channels.ts";
import { judgeDoctor } from "./doctor.ts";
import { type Comparison, crossValidate, type RungState } from "./ladder.ts";
import { at, flag, number, oneLine, text } from "./loose.ts";

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

const state = (holds: boolean | undefined): RungState => (holds === undefined ? "unknown" : holds ? "yes" : "no");

/** What OpenClaw's own answers say, topic by topic. Its exit codes and its constant `ok` fields are no answers. */
export function comparisons({ status, channels, doctor }: SlowAnswers, ours: OwnView): readonly Comparison[] {
  const rpc = at(status, "rpc");
  const letIn = flag(at(rpc, "ok"));
  const reached =
    letIn === true ? true : (flag(at(rpc, "gatewayReached")) ?? (at(rpc, "connectFailure", "kind") === "unreachable" ? false : undefined));
  const error = oneLine(text(at(rpc, "error")) ?? "no error given", 120);
  const accounts =
    channels === undefined ? [] : judgeAccounts(channels, number(at(channels, "ts")) ?? 0).filter((one) => one.light !== "grey");
  const bad = accounts.find((one) => one.light === "red");
  const complaint = doctor === undefined ? undefined : judgeDoctor(doctor).find((one) => one.code === "openclaw.config.invalid");
  return [
    { topic: "gateway answers", theirs: state(reached), ours: ours.answers, said: reached === true ? "it was reached" : error },
    { topic: "gateway lets us in", theirs: state(letIn), ours: ours.letsIn, said: letIn === true ? "the read probe worked" : error },
    {
      topic: "channels work",
      theirs: accounts.length === 0 ? "unknown" : state(bad === undefined),
      ours: ours.channelsWork,
      said: bad?.reason ?? "no account complains",
    },
    {
      topic: "configuration is valid",
      theirs: doctor === undefined ? "unknown" : state(complaint === undefined),
      ours: ours.configValid,
      said: complaint?.evidence[0]?.text ?? "the doctor has no objection",
    },
  ];
}

/** Where OpenClaw's slow answers and our probes describe different states. */
export const judgeAnswers = (answers: SlowAnswers, ours: OwnView): readonly Raised[] => crossValidate(comparisons(answers, ours));
