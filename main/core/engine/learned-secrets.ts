/** One spelling of a learned secret. Of a very long one only an end is kept: `before` and `after` say how much of it belongs there. */
export type SecretPiece = { readonly value: string; readonly kind: string; readonly before: number; readonly after: number };

/** The values that must never be shown. Bounded, because the outside decides how long they are and how often they change. */
export type LearnedSecrets = {
  /** Remembers a value, or that it is still in use; says whether it is new. Shorter than 6 characters it cannot be told from ordinary text. */
  learn(value: string, kind: string): boolean;
  /** Longest first, so that a secret that contains another is hidden whole. */
  pieces(): readonly SecretPiece[];
};

/** Secrets that are remembered; beyond them those go that were met least lately. All that are in use are met again with every look. */
const mostSecrets = 400;
/** Longest spelling that is kept whole, characters: a private key has some 3300. */
const longest = 4_096;

/** Other spellings under which the same bytes may leave: as part of a URL, or inside JSON text. */
const spellings = (value: string): readonly string[] => [
  ...new Set([value, encodeURIComponent(value.toWellFormed()), JSON.stringify(value).slice(1, -1)]),
];

/** A copy of its own: a part of a text would keep the whole text, perhaps a file, in memory. */
const own = (part: string): string => [...part].join("");

function piecesOf(spelling: string, kind: string): readonly SecretPiece[] {
  if (spelling.length <= longest) return [{ value: own(spelling), kind, before: 0, after: 0 }];
  const rest = spelling.length - longest / 2;
  return [
    { value: own(spelling.slice(0, longest / 2)), kind, before: 0, after: rest },
    { value: own(spelling.slice(-longest / 2)), kind, before: rest, after: 0 },
  ];
}

export function learnedSecrets(): LearnedSecrets {
  /** By what tells one from another, the one met least lately first. */
  const bySecret = new Map<string, readonly SecretPiece[]>();
  let sorted: readonly SecretPiece[] = [];
  return {
    learn(value, kind) {
      const trimmed = value.trim();
      if (trimmed.length < 6) return false;
      const name = trimmed.length <= longest ? own(trimmed) : `${trimmed.length} ${own(trimmed.slice(0, 256))} ${own(trimmed.slice(-256))}`;
      const before = bySecret.get(name);
      bySecret.delete(name);
      bySecret.set(name, before ?? spellings(trimmed).flatMap((spelling) => piecesOf(spelling, kind)));
      if (before !== undefined) return false;
      for (const oldest of bySecret.keys()) {
        if (bySecret.size <= mostSecrets) break;
        bySecret.delete(oldest);
      }
      sorted = [...bySecret.values()].flat().sort((a, b) => b.value.length - a.value.length);
      return true;
    },
    pieces: () => sorted,
  };
}
