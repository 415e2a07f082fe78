import type { Intent } from "../core/model/receipt.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { StateStore } from "../core/ports/state-store.ts";
import type { Diary } from "./diary.ts";
import type { Site } from "./site.ts";

/** Another Lamplighter may write down what a person wants; it is read anew this often, milliseconds. */
const readEveryMs = 5_000;
/** A unit that was stopped for a person and runs again after this long was started by somebody: the stop is over. Milliseconds. */
const overAfterMs = 30_000;

type Surroundings = { readonly clock: Clock; readonly state: StateStore; readonly diary: Diary };

const key = (stack: string): string => `intent/${stack}`;

/** Most often there is nothing to read; what it takes to read it is loaded when there is. */
async function readIntent(kept: unknown): Promise<Intent | undefined> {
  if (kept === undefined) return undefined;
  const { Intent } = await import("../core/model/receipt.ts");
  return Intent.safeParse(kept).data;
}

/** What persons want of the stacks. A stop that was wanted is neither a failure nor repaired. */
export class DeliberateStops {
  private readonly around: Surroundings;
  private readonly known = new Map<string, Intent>();
  private readonly readMs = new Map<string, number>();

  constructor(around: Surroundings) {
    this.around = around;
  }

  async want(site: Site, intent: Intent): Promise<void> {
    await this.around.state.write(key(site.id), intent);
    await this.around.diary.write("intent", { ...intent });
    this.adopt(site, intent);
  }

  async recall(site: Site): Promise<void> {
    const { clock, state } = this.around;
    this.readMs.set(site.id, clock.monotonicMs());
    const intent = await readIntent(await state.read(key(site.id)));
    this.adopt(site, intent?.stack === site.id ? intent : undefined);
  }

  async of(sites: readonly Site[]): Promise<readonly Intent[]> {
    await Promise.all(sites.map((site) => this.recall(site)));
    return sites.flatMap((site) => this.known.get(site.id) ?? []);
  }

  /** Looks now and then for what another process wrote, and notices when somebody else started what a person had stopped. */
  looked(site: Site, isBusy: boolean): void {
    const { clock, state, diary } = this.around;
    const intent = this.known.get(site.id);
    const target = site.targets[0];
    const reading = target?.unit(site.facts);
    const isUp = reading?.kind === "loaded" && (reading.state === "running" || reading.state === "starting");
    if (intent?.wanted === "stopped" && isUp && !isBusy && clock.nowMs() - intent.at > overAfterMs) {
      this.adopt(site, undefined);
      void state.remove(key(site.id)).catch(() => {});
      void diary.write("intent-over", { stack: site.id, reason: "it runs again" }).catch(() => {});
      return;
    }
    if (clock.monotonicMs() - (this.readMs.get(site.id) ?? Number.NEGATIVE_INFINITY) >= readEveryMs) void this.recall(site).catch(() => {});
  }

  private adopt(site: Site, intent: Intent | undefined): void {
    const before = this.known.get(site.id);
    if (intent === undefined) this.known.delete(site.id);
    else this.known.set(site.id, intent);
    if (before?.at !== intent?.at || before?.wanted !== intent?.wanted) site.intend(intent);
  }
}
