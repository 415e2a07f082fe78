/** The present, for words such as "8 s ago". Beats once a second, and only while somebody listens to a visible page. */
export type Ticker = {
  nowMs(): number;
  subscribe(listener: () => void): () => void;
};

export type TickerOutside = {
  now(): number;
  every(ms: number, run: () => void): () => void;
  isVisible(): boolean;
  onVisibility(listener: () => void): void;
};

export function createTicker(outside: TickerOutside): Ticker {
  const listeners = new Set<() => void>();
  let stop: (() => void) | undefined;
  const beat = (): void => {
    for (const listener of listeners) listener();
  };
  const adjust = (): void => {
    const wanted = listeners.size > 0 && outside.isVisible();
    if (wanted && stop === undefined) stop = outside.every(1_000, beat);
    else if (!wanted) {
      stop?.();
      stop = undefined;
    }
  };
  outside.onVisibility(() => {
    if (outside.isVisible()) beat();
    adjust();
  });
  return {
    nowMs: outside.now,
    subscribe: (listener) => {
      listeners.add(listener);
      adjust();
      return () => {
        listeners.delete(listener);
        adjust();
      };
    },
  };
}
