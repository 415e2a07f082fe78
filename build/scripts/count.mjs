// Reads vitest's own JSON report instead of trusting its exit code.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { root } from "./ensure.mjs";
import { skipReason } from "./machine.mjs";

/** Turns vitest's report into counts. Everything that did not truly run is a failure with a note, or a skip with a reason. */
export function countTests(name, file, status) {
  let files;
  try {
    files = JSON.parse(readFileSync(file, "utf8")).testResults;
  } catch {
    return { passed: 0, failed: 1, skipped: [], notes: [`${name} left no report: it crashed or took too long`] };
  }
  const tests = files.flatMap((result) => result.assertionResults.map((test) => ({ ...test, file: relative(root, result.name) })));
  const passed = tests.filter((test) => test.status === "passed").length;
  let failed = tests.filter((test) => test.status === "failed").length;
  const notes = [];
  const skipped = [];
  for (const test of tests.filter((each) => each.status !== "passed" && each.status !== "failed")) {
    const { reason, accepted } = skipReason(test.fullName);
    if (accepted) skipped.push(reason);
    else {
      failed += 1;
      notes.push(`${test.file}: "${test.fullName}" did not run: ${reason}`);
    }
  }
  for (const result of files.filter((each) => each.assertionResults.length === 0)) {
    failed += 1;
    notes.push(`${relative(root, result.name)} ran no test: ${(result.message || "it is empty").split("\n")[0]}`);
  }
  if (passed + failed === 0) {
    failed += 1;
    notes.push(`${name} ran zero tests`);
  }
  if (status !== 0 && failed === 0) {
    failed += 1;
    notes.push(`${name} ended with ${status === null ? "a time-out" : `exit code ${status}`} although no test failed`);
  }
  return { passed, failed, skipped, notes };
}
