#!/usr/bin/env node
// Stands in for Apple's `security`: `find-generic-password -s SERVICE -a ACCOUNT [-w]` and `add-generic-password -U …`. Its items
// are in $HOME/.fake-keychain.json: { mode, items }. Modes: open, silent (locked without a desktop: 36 and not a word), hang
// (a dialog nobody answers), denied, hex (values come out in hexadecimal when they hold anything but printable characters).
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const file = join(homedir(), ".fake-keychain.json");
const state = { mode: "open", items: {}, ...(existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {}) };
const [verb, ...rest] = process.argv.slice(2);
const option = (name) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : undefined);
const key = `${option("-s")}/${option("-a")}`;
const fail = (code, text) => {
  if (text) process.stderr.write(`${text}\n`);
  process.exitCode = code;
};
const printable = (text) => /^[\x20-\x7e]*$/.test(text);

function find() {
  const value = state.items[key];
  if (value === undefined) return fail(44, "security: SecKeychainSearchCopyNext: The specified item could not be found in the keychain.");
  if (state.mode === "denied")
    return fail(51, "security: SecKeychainItemCopyContent: The user name or passphrase you entered is not correct.");
  if (!rest.includes("-w"))
    return process.stdout.write(`class: "genp"\n    "acct"<blob>="${option("-a")}"\n    "svce"<blob>="${option("-s")}"\n`);
  process.stdout.write(`${state.mode === "hex" && !printable(value) ? Buffer.from(value).toString("hex") : value}\n`);
}

function add() {
  if (state.items[key] !== undefined && !rest.includes("-U"))
    return fail(45, "security: SecKeychainItemCreateFromContent (<default>): The specified item already exists in the keychain.");
  state.items[key] = option("-w") ?? "";
  writeFileSync(file, JSON.stringify(state));
}

if (state.mode === "hang") setInterval(() => {}, 60_000);
else if (state.mode === "silent") fail(36);
else if (verb === "find-generic-password") find();
else if (verb === "add-generic-password") add();
else fail(2, `security: unknown command "${verb}"`);
