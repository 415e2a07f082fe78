/** Keeps the first `limit` bytes of a stream and counts nothing else, so that endless output costs no memory. */
export type CappedOutput = {
  push(chunk: Uint8Array): void;
  /** What was kept, as UTF-8 with replacement characters. */
  text(): string;
  readonly truncated: boolean;
};

export function cappedOutput(limit: number): CappedOutput {
  const kept: Uint8Array[] = [];
  let room = Math.max(0, limit);
  let truncated = false;
  return {
    push(chunk) {
      if (chunk.length > room) truncated = true;
      if (room === 0) return;
      // A copy of the last piece, so that the large buffer it is cut from can be freed.
      const piece = chunk.length > room ? chunk.slice(0, room) : chunk;
      room -= piece.length;
      kept.push(piece);
    },
    text: () => new TextDecoder().decode(Buffer.concat(kept)),
    get truncated() {
      return truncated;
    },
  };
}
