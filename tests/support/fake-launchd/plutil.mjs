#!/usr/bin/env node
// Stands in for plutil on machines that have none: `-convert json -o - FILE` and `-lint FILE`.
import { readFileSync } from "node:fs";
import { readPlist } from "./plist.mjs";

const args = process.argv.slice(2);
const file = args.at(-1) ?? "";
const fail = (text, stream) => {
  stream.write(`${file}: ${text}\n`);
  process.exitCode = 1;
};

let text = null;
try {
  text = readFileSync(file, "utf8");
} catch {
  fail("file does not exist or is not readable or is not a regular file", process.stderr);
}
if (text !== null) {
  const lint = args[0] === "-lint";
  try {
    const plist = readPlist(text);
    process.stdout.write(lint ? `${file}: OK\n` : JSON.stringify(plist));
  } catch (error) {
    fail(
      lint ? error.message : `Property List error: ${error.message} / JSON error: JSON text did not start with array or object`,
      lint ? process.stdout : process.stderr,
    );
  }
}
