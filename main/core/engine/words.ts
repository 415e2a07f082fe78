import { plain } from "./plain.ts";

/** Characters that one filled-in value may have. */
const longestValue = 200;

/** Fills `{name}` placeholders; an unknown one is dropped together with the space before it, so that a sentence stays a sentence. */
export function fill(template: string, params: Readonly<Record<string, string | number>> = {}): string {
  return template
    .replace(/ ?\{([a-zA-Z]+)\}/g, (whole, name: string) => {
      const value = params[name];
      if (value === undefined || value === "") return "";
      const words = plain(String(value), longestValue);
      return whole.startsWith(" ") ? ` ${words}` : words;
    })
    .trim();
}

/** "1 check", "3 checks". */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** Rough length of time in words: "8 s", "3 min", "2 h", "5 d". Milliseconds in. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} d`;
}

/** Shortens at a word boundary with an ellipsis; `limit` counts characters. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  const space = cut.lastIndexOf(" ");
  return `${(space > limit * 0.6 ? cut.slice(0, space) : cut).replace(/[\s,;:.]+$/, "")}…`;
}
