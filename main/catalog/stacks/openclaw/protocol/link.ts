import type { Ports, ProbeContext } from "../../../../core/ports/index.ts";
import { readConnectError } from "../knowledge/connect-errors.ts";
import type { ReadMethod } from "./reads.ts";
import { pauseAfter } from "./reconnect-policy.ts";
import type { CallOutcome, GatewaySession } from "./session.ts";
import type { GatewayTarget } from "./target.ts";
import { type Visit, visitGateway } from "./visit.ts";

/** A visit, and since when its answer stands. `remembered`: not asked again, because asking again could only do harm. */
export type Standing = { readonly visit: Visit; readonly atMs: number; readonly remembered: boolean };

type Refusal = { readonly standing: Standing; readonly authKey: string; readonly untilMs: number; readonly nth: number };

/** Bounds on getting in, milliseconds: while watching there is time to sit out the gateway's own brake on wrong log-ins. */
const timeout = { once: 1_000, watching: 4_500 } as const;

/**
 * The one connection all checks of a gateway share. Several checks that look at the same time make one connection; it is
 * closed when the last of them is done, unless somebody watches, who keeps it open.
 */
export class GatewayLink {
  private session: { readonly session: GatewaySession; readonly authKey: string; readonly standing: Standing } | undefined;
  private opening: { readonly promise: Promise<Standing>; readonly authKey: string } | undefined;
  private refusal: Refusal | undefined;
  private readonly sessionListeners = new Set<(session: GatewaySession) => void>();
  private users = 0;
  private watchers = 0;

  /** Keeps the connection open between looks until the returned function is called. */
  hold(): () => void {
    this.watchers += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.watchers -= 1;
      // Not at once: who looks for the installation again lets go and takes hold in the same breath.
      void Promise.resolve().then(() => this.letGo());
    };
  }

  /** Runs `use` with the state of the connection; opens it first when there is none. */
  async with<T>(target: GatewayTarget, context: ProbeContext, use: (standing: Standing) => Promise<T>): Promise<T> {
    this.users += 1;
    try {
      return await use(await this.stand(target, context));
    } finally {
      this.users -= 1;
      this.letGo();
    }
  }

  /** One read-only call over the shared connection; null when nobody is let in. */
  async call(target: GatewayTarget, context: ProbeContext, method: ReadMethod, timeoutMs: number): Promise<CallOutcome | null> {
    return this.with(target, context, async ({ visit }) => (visit.kind === "in" ? visit.session.call(method, timeoutMs) : null));
  }

  /** Called with every new connection, and with the present one. Returns the way to stop. */
  onSession(listener: (session: GatewaySession) => void): () => void {
    this.sessionListeners.add(listener);
    if (this.session !== undefined) listener(this.session.session);
    return () => void this.sessionListeners.delete(listener);
  }

  /** The gateway's present run began then (epoch milliseconds): what an earlier run refused is worth a new try. */
  startedAt(ms: number): void {
    if (this.refusal !== undefined && this.refusal.standing.atMs < ms) this.refusal = undefined;
  }

  private letGo(): void {
    if (this.users > 0 || this.watchers > 0) return;
    this.session?.session.close();
    this.session = undefined;
  }

  private async stand(target: GatewayTarget, context: ProbeContext): Promise<Standing> {
    const { authKey } = target;
    if (this.session !== undefined && (this.session.authKey !== authKey || this.session.session.ended() !== undefined)) {
      this.session.session.close();
      this.session = undefined;
    }
    if (this.session !== undefined) return this.session.standing;
    if (this.opening?.authKey === authKey) return this.opening.promise;
    const nowMs = context.ports.clock.nowMs();
    if (this.refusal?.authKey === authKey && nowMs < this.refusal.untilMs) return { ...this.refusal.standing, remembered: true };
    const promise = this.open(target, context);
    this.opening = { promise, authKey };
    try {
      return await promise;
    } finally {
      this.opening = undefined;
    }
  }

  private async open(target: GatewayTarget, context: ProbeContext): Promise<Standing> {
    const visit = await visitGateway(target, context, this.watchers > 0 ? timeout.watching : timeout.once);
    const atMs = context.ports.clock.nowMs();
    const standing: Standing = { visit, atMs, remembered: false };
    if (visit.kind === "in") {
      this.refusal = undefined;
      this.session = { session: visit.session, authKey: target.authKey, standing };
      for (const listener of this.sessionListeners) listener(visit.session);
    }
    const known = this.refusal?.authKey === target.authKey ? this.refusal : undefined;
    if (visit.kind === "refused") this.remember(standing, target.authKey, (known?.nth ?? 0) + 1);
    // The brake on wrong log-ins outlasted us. It is the same refusal, and every further knock would only prolong it.
    else if (known !== undefined && visit.kind === "mute" && visit.before === "answer") {
      this.remember(known.standing, target.authKey, known.nth + 1, atMs);
      return { ...known.standing, remembered: true };
    }
    return standing;
  }

  private remember(standing: Standing, authKey: string, nth: number, nowMs = standing.atMs): void {
    if (standing.visit.kind !== "refused") return;
    this.refusal = { standing, authKey, untilMs: nowMs + pauseAfter(readConnectError(standing.visit.said), nth), nth };
  }
}

const links = new WeakMap<Ports, Map<string, GatewayLink>>();

/** The link to a gateway, one per outside and address: looking for the installation again must not open a second connection. */
export function linkTo(ports: Ports, url: string): GatewayLink {
  const known = links.get(ports) ?? new Map<string, GatewayLink>();
  links.set(ports, known);
  const link = known.get(url) ?? new GatewayLink();
  known.set(url, link);
  return link;
}
