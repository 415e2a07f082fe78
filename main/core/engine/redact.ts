import { learnedSecrets, type SecretPiece } from "./learned-secrets.ts";

/**
 * Removes secrets from everything that leaves the process. It shows that something was hidden and of what kind, never a silent hole.
 * Two nets: values learned the moment they were read, and the shapes that secrets of this field are known to have.
 */
export type Redactor = {
  /** Remembers a value that must never be shown; shorter than 6 characters cannot be told from ordinary text and is not kept. */
  learn(value: string, kind: string): void;
  text(text: string): string;
  /** A copy of plain data in which every string is cleaned, but for the words and field names of our own contract. */
  deep<T>(value: T): T;
};

type Shape = { readonly kind: string; readonly pattern: RegExp };

/** Group 1, when present, is kept; the rest of the match is the secret. */
const shapes: readonly Shape[] = [
  { kind: "private key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]{0,8192}?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g },
  { kind: "Anthropic token", pattern: /\bsk-ant-[A-Za-z0-9_-]{8,}/g },
  { kind: "API key", pattern: /\b(?:sk|pk|rk)-(?:proj-|live-|test-|or-)?[A-Za-z0-9_-]{16,}/g },
  { kind: "GitHub token", pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,})/g },
  { kind: "Slack token", pattern: /\bxox[abeprs]-[A-Za-z0-9-]{8,}|\bxapp-[A-Za-z0-9-]{8,}/g },
  { kind: "Google key", pattern: /\bAIza[A-Za-z0-9_-]{30,}|\bya29\.[A-Za-z0-9_-]{16,}|\b1\/\/[A-Za-z0-9_-]{30,}/g },
  { kind: "AWS key", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { kind: "bot token", pattern: /\b\d{8,10}:[A-Za-z0-9_-]{30,}/g },
  { kind: "vault token", pattern: /\bkrx_[a-z]+_[A-Za-z0-9_-]{8,}/g },
  { kind: "JSON web token", pattern: /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?/g },
  { kind: "password in an address", pattern: /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{0,64}:)[^\s/@]{1,256}(?=@)/gi },
  {
    kind: "token in an address",
    pattern: /([?&#](?:access_token|token|key|api_key|apikey|code|bootstrapToken|secret|password)=)[^\s&#"'<>]{4,}/gi,
  },
  { kind: "bearer token", pattern: /(\bBearer\s+)[A-Za-z0-9._~+/=-]{8,}/gi },
  {
    kind: "secret value",
    pattern:
      /((?:"|')?\b[\w.-]{0,40}(?:token|secret|password|passwd|api[_-]?key|apikey|private[_-]?key|client[_-]?secret|credential)(?:"|')?\s*[=:]\s*(?:"|')?)(?!(?:true|false|null|undefined|none|missing|ok|unset|yes|no|env|file|config|static|expired|expiring|mismatch)\b)[A-Za-z0-9+/_=.~-]{12,}/gi,
  },
  {
    // As in a process list, or as an argument list in JSON. Ordinary words after such an option ("--token requires a value") stay.
    kind: "secret argument",
    pattern:
      /((?<!\w)--?[\w-]{0,40}(?:token|secret|password|passwd|api[_-]?key|credential)(?:"\s{0,4},\s{0,4}"|\s{1,4}))(?![-<$‹])(?=[^\s"']{0,40}[A-Z0-9_+/=!@#%^&*]|[^\s"']{16})[^\s"']{6,}/g,
  },
  { kind: "long hex value", pattern: /((?:--device|device(?:Id)?["']?\s*[=:]|sha256[:=-])\s*["']?)?\b[0-9a-f]{48,128}\b/gi },
];

const hidden = (kind: string, value: string): string => {
  const tail = value.length >= 24 ? ` …${value.slice(-4)},` : ",";
  return `‹${kind}${tail} ${value.length} chars›`;
};

function cleanShape(text: string, shape: Shape): string {
  return text.replace(shape.pattern, (whole: string, kept: unknown) => {
    const prefix = typeof kept === "string" ? kept : "";
    if (shape.kind === "long hex value" && prefix !== "") return whole;
    const value = whole.slice(prefix.length);
    return value.startsWith("‹") ? whole : `${prefix}${hidden(shape.kind, value)}`;
  });
}

/** Characters of a learned value that are still worth hiding when the rest was cut off. */
const PIECE = 12;

/** Beginnings that name a kind of secret and are the same for everybody; what follows them is the shapes' business. */
const PUBLIC_START = /^(?:(?:sk|pk|rk)-|gh[pousr]_|github_|xox|AIza|AKIA|krx_|eyJ|https?:)/;

/**
 * Hides every part of `text` that `reach` finds around an occurrence of `mark`. Goes on behind what it put there: the words for a
 * kind of secret may themselves hold the secret, when that is an ordinary word.
 */
function hideAround(text: string, mark: string, kind: string, reach: (text: string, at: number) => readonly [from: number, to: number]) {
  let out = text;
  for (let at = out.indexOf(mark); at !== -1; ) {
    const [from, to] = reach(out, at);
    const instead = hidden(kind, out.slice(from, to));
    out = `${out.slice(0, from)}${instead}${out.slice(to)}`;
    at = out.indexOf(mark, from + instead.length);
  }
  return out;
}

/** Hides a learned value, and as much around it as belongs to the same secret. */
const cleanWhole = (text: string, { value, kind, before, after }: SecretPiece): string =>
  hideAround(text, value, kind, (out, at) => [Math.max(0, at - before), Math.min(out.length, at + value.length + after)]);

/** Hides what is left of a learned value where a text was shortened before it was cleaned: its beginning or its end. */
function cleanPieces(text: string, { value, kind }: SecretPiece): string {
  if (value.length <= PIECE) return text;
  const head = value.slice(0, PIECE);
  const tail = value.slice(-PIECE);
  const part = `part of ${kind}`;
  const headless = PUBLIC_START.test(value)
    ? text
    : hideAround(text, head, part, (out, at) => {
        let length = PIECE;
        while (length < value.length && out[at + length] === value[length]) length += 1;
        return [at, at + length];
      });
  return hideAround(headless, tail, part, (out, at) => {
    let from = at;
    while (from > 0 && at - from < value.length - PIECE && out[from - 1] === value[value.length - PIECE - 1 - (at - from)]) from -= 1;
    return [from, at + PIECE];
  });
}

/**
 * Fields of the contract whose words are our own: ids, codes, lights, what an effect does. They never hold text from outside, and a
 * secret that is an ordinary word, such as the name of a stack, must not make them unreadable for those who look things up by them.
 */
const ownWords: ReadonlySet<string> = new Set(
  "id code codes light state lane kind risk mark stack check remedy symptoms followers do demo ticks schemaVersion".split(" "),
);
/** What such a word looks like, and so do the names of the contract's fields. */
const OWN_WORD = /^[A-Za-z][A-Za-z0-9]{0,23}(?:[.*-][A-Za-z0-9*-]{1,40}){0,6}$/;
const FIELD = /^[a-z][A-Za-z]{0,23}$/;

/** Texts whose cleaned form is kept, and the longest of them, characters. */
const rememberedTexts = 2_000;
const rememberedChars = 500;

export function createRedactor(): Redactor {
  const learned = learnedSecrets();

  /** The same lines leave again and again. Emptied when something new is learned, and when it holds much. */
  const cleaned = new Map<string, string>();
  const text = (input: string): string => {
    const before = input.length <= rememberedChars ? cleaned.get(input) : undefined;
    if (before !== undefined) return before;
    const out = cleanOnce(input);
    if (input.length <= rememberedChars) {
      if (cleaned.size >= rememberedTexts) cleaned.clear();
      cleaned.set(input, out);
    }
    return out;
  };

  const cleanOnce = (input: string): string => {
    let out = input;
    const known = learned.pieces();
    for (const piece of known) out = cleanWhole(out, piece);
    for (const piece of known) out = cleanPieces(out, piece);
    for (const shape of shapes) out = cleanShape(out, shape);
    return out;
  };

  const walk = (value: unknown, depth: number, own: boolean): unknown => {
    if (typeof value === "string") return own && OWN_WORD.test(value) ? value : text(value);
    if (typeof value !== "object" || value === null) return value;
    if (depth > 24) return "‹too deep›";
    if (Array.isArray(value)) return value.map((item) => walk(item, depth + 1, own));
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [FIELD.test(key) ? key : text(key), walk(item, depth + 1, ownWords.has(key))]),
    );
  };

  return {
    learn(value, kind) {
      if (learned.learn(value, kind)) cleaned.clear();
    },
    text,
    deep: <T>(value: T): T => walk(value, 0, false) as T,
  };
}
