import { createHash } from "node:crypto";

const longest = 120;

/**
 * A file name for any text, the same every time and never the same for two texts: also where the disk does not tell capitals apart,
 * so capitals are written as their code. It never begins with a dot and never leaves its folder.
 */
export function fileNameOf(text: string): string {
  let name = "";
  for (const byte of Buffer.from(text, "utf8")) {
    const sign = String.fromCharCode(byte);
    name += /[a-z0-9_-]/.test(sign) || (sign === "." && name !== "") ? sign : `%${byte.toString(16).padStart(2, "0")}`;
  }
  if (name !== "" && name.length <= longest) return name;
  return `${name.slice(0, 40)}%%${createHash("sha256").update(text).digest("hex").slice(0, 40)}`;
}
