import type { DeepRun, ExplainMatch, JournalRow } from "../../main/core/contract/index.ts";
import type { Finding } from "../../main/core/model/finding.ts";
import type { Plan } from "../../main/core/model/plan.ts";
import type { Intent, RepairRun } from "../../main/core/model/receipt.ts";
import type { Snapshot } from "../../main/core/model/snapshot.ts";
import type { Connection } from "../lib/client.ts";
import type { Failure } from "../lib/words.ts";
import { overview, type View } from "./view.ts";

/** Something asked for: never asked, under way, here, or refused. */
export type Asked<T> =
  | { readonly step: "idle" }
  | { readonly step: "busy" }
  | { readonly step: "here"; readonly value: T }
  | { readonly step: "refused"; readonly failure: Failure };

export const idle = { step: "idle" } as const;
export const busy = { step: "busy" } as const;

/** A finding with its place. `gone`: it was here a moment ago and the newest snapshot no longer has it. */
export type Placed = { readonly stack: string; readonly stackTitle: string; readonly finding: Finding; readonly gone: boolean };

export type Demo = { readonly id: string; readonly title: string };

/** What was repaired, is being repaired, or was cut off; and what persons want of their stacks. Newest first. */
export type Repairs = {
  readonly running: readonly RepairRun[];
  readonly interrupted: readonly RepairRun[];
  readonly ended: readonly RepairRun[];
  readonly intents: readonly Intent[];
};

export type Journal = { readonly lines: readonly JournalRow[]; readonly whole: boolean; readonly damage?: string | undefined };

export type State = {
  readonly connection: Connection;
  readonly snapshot: Snapshot | null;
  /** The front's own clock, epoch milliseconds, when the snapshot came: ages grow from here, whatever the two clocks say. */
  readonly receivedAt: number;
  readonly path: readonly View[];
  /** While true the pointer rests on the list: nothing under it may move. */
  readonly held: boolean;
  /** Keys of the incident cards shown, in order. */
  readonly cards: readonly string[];
  /** Findings that are shown or open, by key, kept after they vanish so that no screen empties itself under a reader. */
  readonly placed: Readonly<Record<string, Placed>>;
  /** Row to return to, by address of the view. */
  readonly rows: Readonly<Record<string, string>>;
  readonly probe: Asked<null>;
  /** `gated`: the repair gate has been asked too, which takes longer than the plan itself. */
  readonly plan: { readonly of: string; readonly asked: Asked<Plan>; readonly gated: boolean };
  readonly repairs: Repairs;
  /** What was last asked of a repair, by its id; of a plan that is to begin, by its address. */
  readonly deeds: Readonly<Record<string, Asked<null>>>;
  readonly journal: Asked<Journal>;
  readonly explain: { readonly text: string; readonly asked: Asked<readonly ExplainMatch[]> };
  readonly deep: Readonly<Record<string, DeepRun>>;
  readonly demos: Asked<readonly Demo[]>;
  /** The demo asked for last, and its address. */
  readonly openedDemo: { readonly id: string; readonly asked: Asked<string> };
  /** Text to copy by hand, when the clipboard is closed to us. */
  readonly copyByHand: string | null;
  /** Newest thing to tell: shown for a moment, read out politely. `n` tells two equal texts apart. */
  readonly said: { readonly n: number; readonly text: string; readonly seen: boolean };
};

export type Action =
  | { readonly type: "connected"; readonly connection: Connection }
  | { readonly type: "snapshot"; readonly snapshot: Snapshot; readonly receivedAt: number }
  | { readonly type: "went"; readonly view: View }
  | { readonly type: "held"; readonly held: boolean }
  | { readonly type: "row"; readonly hash: string; readonly row: string }
  | { readonly type: "probe"; readonly asked: Asked<null> }
  | { readonly type: "plan"; readonly of: string; readonly asked: Asked<Plan>; readonly gated?: boolean }
  | { readonly type: "repairs"; readonly repairs: Repairs }
  | { readonly type: "run"; readonly run: RepairRun }
  | { readonly type: "deed"; readonly of: string; readonly asked: Asked<null> }
  | { readonly type: "journal"; readonly asked: Asked<Journal> }
  | { readonly type: "explain"; readonly text?: string; readonly asked: Asked<readonly ExplainMatch[]> }
  | { readonly type: "deep"; readonly run: DeepRun }
  | { readonly type: "demos"; readonly asked: Asked<readonly Demo[]> }
  | { readonly type: "demo-opened"; readonly id: string; readonly asked: Asked<string> }
  | { readonly type: "copy-by-hand"; readonly text: string | null }
  | { readonly type: "said"; readonly text: string };

export const initialState: State = {
  connection: "connecting",
  snapshot: null,
  receivedAt: 0,
  path: [overview],
  held: false,
  cards: [],
  placed: {},
  rows: {},
  probe: idle,
  plan: { of: "", asked: idle, gated: false },
  repairs: { running: [], interrupted: [], ended: [], intents: [] },
  deeds: {},
  journal: idle,
  explain: { text: "", asked: idle },
  deep: {},
  demos: idle,
  openedDemo: { id: "", asked: idle },
  copyByHand: null,
  said: { n: 0, text: "", seen: false },
};
