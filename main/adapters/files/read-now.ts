import { closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";
import type { FileText } from "../../core/ports/files.ts";
import { factsOf, failureOf } from "./regular-file.ts";
import { textOf } from "./text-of.ts";

/** Reads a small file at once, for the few that must be known before anything can start. Same answers as `Files.read`. */
export function readNow(path: string, maxBytes: number): FileText {
  let descriptor: number | undefined;
  try {
    if (!statSync(path).isFile()) return { kind: "unreadable", reason: "It is not a file." };
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const facts = factsOf(fstatSync(descriptor, { bigint: true }));
    if (facts.sizeBytes > maxBytes) return { kind: "too-large", sizeBytes: facts.sizeBytes, limitBytes: maxBytes };
    const bytes = Buffer.alloc(facts.sizeBytes);
    const text = textOf(bytes.subarray(0, readSync(descriptor, bytes)));
    return text === null ? { kind: "not-text" } : { kind: "text", text, facts };
  } catch (error) {
    return failureOf(error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
