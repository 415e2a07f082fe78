import { z } from "zod";
import type { StateStore } from "../core/ports/state-store.ts";
import { RunRecord } from "./run-record.ts";

const Records = z.array(z.unknown());

/** Receipts kept of one stack, and how many of the newest keep what commands said. */
const keptReceipts = 200;
const keptOutputs = 20;
/** Repairs of one stack that were cut off and neither finished nor closed. */
const keptUnfinished = 10;

const withoutOutput = (record: RunRecord): RunRecord => ({
  ...record,
  run: { ...record.run, steps: record.run.steps.map(({ output: _said, ...step }) => step) },
});

/**
 * The repairs of each stack: those that have not ended, and the receipts of those that have. Written only by who holds the lock of the
 * stack, so that nobody overwrites anybody.
 */
export class RunStore {
  private readonly state: StateStore;

  constructor(state: StateStore) {
    this.state = state;
  }

  /** What does not read as a record, from an older or a damaged file, is left out. */
  private async read(key: string): Promise<readonly RunRecord[]> {
    const kept = Records.safeParse(await this.state.read(key));
    return (kept.data ?? []).flatMap((one) => RunRecord.safeParse(one).data ?? []);
  }

  /** Newest first. A repair that ended just before its process did is not unfinished. */
  async unfinished(stack: string): Promise<readonly RunRecord[]> {
    const [open, ended] = await Promise.all([this.read(`unfinished-${stack}`), this.ended(stack)]);
    const closed = new Set(ended.map(({ run }) => run.id));
    return open.filter(({ run }) => !closed.has(run.id));
  }

  /** Newest first. */
  ended(stack: string): Promise<readonly RunRecord[]> {
    return this.read(`receipts-${stack}`);
  }

  async save(record: RunRecord): Promise<void> {
    const { id, stack } = record.run;
    const others = (await this.read(`unfinished-${stack}`)).filter(({ run }) => run.id !== id);
    await this.state.write(`unfinished-${stack}`, [record, ...others].slice(0, keptUnfinished));
  }

  /** Files the receipt first: when we are ended in between, a repair is listed once and as ended. */
  async close(record: RunRecord): Promise<void> {
    const { id, stack } = record.run;
    // A receipt can be undone, but not run again: it needs no plan.
    const receipt = { ...record, plan: { ...record.plan, effects: [] } };
    const receipts = [receipt, ...(await this.ended(stack)).filter(({ run }) => run.id !== id)]
      .sort((one, other) => other.run.startedMs - one.run.startedMs)
      .slice(0, keptReceipts)
      .map((one, at) => (at < keptOutputs ? one : withoutOutput(one)));
    await this.state.write(`receipts-${stack}`, receipts);
    const open = (await this.read(`unfinished-${stack}`)).filter(({ run }) => run.id !== id);
    if (open.length === 0) await this.state.remove(`unfinished-${stack}`);
    else await this.state.write(`unfinished-${stack}`, open);
  }
}
