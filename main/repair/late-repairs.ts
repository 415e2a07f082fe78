import { DeliberateStops } from "./deliberate-stops.ts";
import { Diary } from "./diary.ts";
import { keptMs } from "./kept.ts";
import type { Repairs, RepairsOptions } from "./repairs.ts";
import type { Site } from "./site.ts";
import type { TargetBooks } from "./target-books.ts";

/**
 * Repairs for a process that mostly watches: what plans, asks and acts is loaded when somebody first wants it, and the books of service
 * units when a stack with a unit is first seen. Only what persons have stopped is known from the start.
 */
export class LateRepairs {
  private readonly options: RepairsOptions;
  private readonly stops: DeliberateStops | undefined;
  private opening: Promise<TargetBooks | undefined> | undefined;
  private books: TargetBooks | undefined;
  private loading: Promise<Repairs> | undefined;
  private repairs: Repairs | undefined;

  constructor(options: RepairsOptions) {
    const { ports, clean } = options;
    this.options = options;
    if (ports.acting === undefined) return;
    const { journal, state } = ports.acting;
    this.stops = new DeliberateStops({ clock: ports.clock, state, diary: new Diary(journal, clean) });
  }

  /** Everything about repairs. */
  whole(): Promise<Repairs> {
    this.loading ??= this.load();
    return this.loading;
  }

  private async load(): Promise<Repairs> {
    const { acting } = this.options.ports;
    const [{ Repairs }, books] = await Promise.all([import("./repairs.ts"), this.open()]);
    const { stops } = this;
    this.repairs = new Repairs(this.options, acting && books && stops ? { acting, books, stops } : undefined);
    return this.repairs;
  }

  /** One set of books for everybody; none where nothing can be repaired. */
  private open(): Promise<TargetBooks | undefined> {
    this.opening ??= this.openNow();
    return this.opening;
  }

  private async openNow(): Promise<TargetBooks | undefined> {
    const { ports, sites } = this.options;
    if (ports.acting === undefined) return undefined;
    const { TargetBooks } = await import("./target-books.ts");
    this.books = new TargetBooks({ ports, acting: ports.acting, sites });
    return this.books;
  }

  /** What is known of a stack from before we started: whether a person stopped it. */
  async recall(site: Site): Promise<void> {
    await this.stops?.recall(site);
  }

  /** Something new is known about a stack. Cheap; what takes time happens later and rarely. */
  looked(site: Site): void {
    const isActive = this.repairs?.isActive(site.id) ?? false;
    // A single look writes nothing down; it learns only while it repairs.
    if (this.stops === undefined || (!this.options.watching && !isActive)) return;
    if (this.books !== undefined) this.books.looked(site);
    else if (site.targets.length > 0)
      void this.open().then(
        (books) => books?.looked(site),
        () => {},
      );
    this.stops.looked(site, isActive);
  }

  /** Housekeeping of a process that stays; that it fails harms nobody. */
  async tidy(): Promise<void> {
    const { acting, clock } = this.options.ports;
    await acting?.changes.forget(clock.nowMs() - keptMs).catch(() => {});
  }

  /** What could not be loaded has nothing under way. */
  async stop(): Promise<void> {
    const repairs = await this.loading?.catch(() => undefined);
    await repairs?.stop();
    const books = await this.opening?.catch(() => undefined);
    await books?.stop();
  }
}
