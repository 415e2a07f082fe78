import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { parsePlistBinary } from "./parse-plist-binary.ts";
import { parsePlistXml } from "./parse-plist-xml.ts";
import { PlistFault, type PlistValue, plistLimits } from "./plist-value.ts";

/** A property list on disk. `fault` says in words why launchd could not read it; nothing of its content is quoted. */
export type PlistFile =
  | { readonly kind: "plist"; readonly form: "xml" | "binary"; readonly value: PlistValue }
  | { readonly kind: "faulty"; readonly fault: string }
  | { readonly kind: "unreadable" };

/** Reads a property list in one of the two forms launchd takes, without running a program. Only regular files of moderate size. */
export async function readPlistFile(path: string): Promise<PlistFile> {
  const bytes = await bytesOf(path);
  return typeof bytes === "string" ? { kind: "faulty", fault: bytes } : bytes === null ? { kind: "unreadable" } : parsePlist(bytes);
}

/** Reads the bytes of a property list. */
export function parsePlist(bytes: Uint8Array): PlistFile {
  const isBinary = new TextDecoder("latin1").decode(bytes.subarray(0, 8)) === "bplist00";
  try {
    if (isBinary) return { kind: "plist", form: "binary", value: parsePlistBinary(bytes) };
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const otherForm = formOf(text);
    if (otherForm !== null) return { kind: "faulty", fault: otherForm };
    return { kind: "plist", form: "xml", value: parsePlistXml(text) };
  } catch (error) {
    return { kind: "faulty", fault: error instanceof PlistFault ? error.message : "It is neither XML in UTF-8 nor a binary property list" };
  }
}

/** Apple's own checking program calls JSON and the old braces form good; launchd refuses both. */
function formOf(text: string): string | null {
  const start = text.trimStart();
  if (start === "") return "It is empty";
  if (start.startsWith("<")) return null;
  const other = start.startsWith("{") || start.startsWith("[") || start.startsWith("(") || start.startsWith("//") || start.startsWith("/*");
  return other
    ? "It is JSON or the old braces form, which plutil calls OK and launchd refuses"
    : "It does not start as a property list: something stands before the XML";
}

async function bytesOf(path: string): Promise<Uint8Array | string | null> {
  let handle: FileHandle | undefined;
  try {
    // A pipe with nobody at its other end would keep an ordinary open waiting for ever.
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const facts = await handle.stat();
    if (!facts.isFile()) return "It is not a regular file";
    if (facts.size > plistLimits.bytes) return "It is too large to be a definition of a job";
    const room = new Uint8Array(facts.size);
    let length = 0;
    for (let got = -1; got !== 0 && length < room.length; length += got)
      got = (await handle.read(room, length, room.length - length, length)).bytesRead;
    return room.subarray(0, length);
  } catch {
    return null;
  } finally {
    await handle?.close();
  }
}
