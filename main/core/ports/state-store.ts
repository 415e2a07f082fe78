/** Small facts that outlive a restart of ours, as JSON by key: budgets, learned boot times, intents, unfinished repairs. No secrets. */
export interface StateStore {
  /** Undefined when never set, or when what is there cannot be read; the owner validates it. */
  read(key: string): Promise<unknown>;
  /** Replaces the value in one step; resolves when it is on the disk. Two processes writing one key: the last one wins, whole. */
  write(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
}
