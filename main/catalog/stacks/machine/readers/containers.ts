import { codes } from "../codes.ts";
import { field, jsonValues, textField } from "./json-text.ts";
import { type Opinion, opinion, readersFor } from "./opinion.ts";

const show = (name: string, value: unknown): string => `"${name}": ${JSON.stringify(value)}`;

/** The state object of `docker inspect`, whole or picked by a format. */
function readState(state: unknown): readonly Opinion[] {
  const found: Opinion[] = [];
  const exit = field(state, "ExitCode");
  const status = textField(state, "Status");
  if (field(state, "OOMKilled") === true) found.push(opinion(codes.memoryKilled, show("OOMKilled", true), 0.95));
  if (textField(field(state, "Health"), "Status") === "unhealthy")
    found.push(opinion(codes.containerUnhealthy, show("Status", "unhealthy"), 0.95));
  if (field(state, "Restarting") === true || status === "restarting")
    found.push(opinion(codes.containerUnhealthy, show("Status", "restarting"), 0.9));
  if (field(state, "Dead") === true) found.push(opinion(codes.containerUnhealthy, show("Dead", true), 0.85));
  if (status === "exited" && typeof exit === "number") found.push(...readExited(exit, show("ExitCode", exit)));
  return found;
}

/** 137 is SIGKILL: without a stop that is memory more often than not. 143 and 130 are stops. */
function readExited(exit: number, line: string): readonly Opinion[] {
  if (exit === 137) return [opinion(codes.memoryKilled, line, 0.65), opinion(codes.containerUnhealthy, line, 0.5)];
  return [0, 130, 143].includes(exit) ? [] : [opinion(codes.containerUnhealthy, line, 0.7)];
}

/** One row of `docker ps` as JSON. While a container restarts its ExitCode reads 0; only the status words tell the truth. */
function readRow(row: unknown): readonly Opinion[] {
  const status = textField(row, "Status");
  const exited = /^Exited \((\d{1,3})\)/.exec(status)?.[1];
  if (/^Restarting \(/.test(status) || textField(row, "State") === "restarting")
    return [opinion(codes.containerUnhealthy, show("Status", status), 0.92)];
  if (/\(unhealthy\)/.test(status) || textField(row, "Health") === "unhealthy")
    return [opinion(codes.containerUnhealthy, show("Status", status), 0.95)];
  return exited === undefined ? [] : readExited(Number(exited), show("Status", status));
}

/** `docker info` as JSON is an object of zero values while the daemon is down; an empty server version gives it away. */
function readDaemon(value: unknown): readonly Opinion[] {
  const info = field(value, "ServerVersion") === "" && field(value, "ContainersRunning") === 0;
  if (info) return [opinion(codes.runtimeDown, show("ServerVersion", ""), 0.9)];
  const status = textField(value, "status");
  const isApple =
    field(value, "apiServerVersion") !== undefined || field(value, "appRoot") !== undefined || field(value, "installRoot") !== undefined;
  return isApple && /^(?:unregistered|not running)$/.test(status) ? [opinion(codes.runtimeDown, show("status", status), 0.85)] : [];
}

function readDocument(value: unknown): readonly Opinion[] {
  const state = field(value, "State");
  const inner = typeof state === "object" && state !== null ? state : undefined;
  const isHealth = typeof field(value, "FailingStreak") === "number" && textField(value, "Status") === "unhealthy";
  const health = isHealth ? [opinion(codes.containerUnhealthy, show("Status", "unhealthy"), 0.92)] : [];
  const isState = typeof field(value, "Running") === "boolean" && field(value, "Status") !== undefined;
  const rows =
    field(value, "Names") !== undefined || field(value, "Name") !== undefined || field(value, "ID") !== undefined ? readRow(value) : [];
  return [
    ...(inner === undefined ? [] : readState(inner)),
    ...(isState ? readState(value) : []),
    ...(inner === undefined ? rows : []),
    ...health,
    ...readDaemon(value),
  ];
}

/** `docker info` prints its client part even when there is no server to ask. */
function readInfoText(text: string): readonly Opinion[] {
  const lines = text.split("\n", 400).map((line) => line.trimEnd());
  const client = lines.findIndex((line) => line === "Client:" || line.startsWith("Client: Docker"));
  const server = lines.indexOf("Server:", client + 1);
  if (client === -1 || server === -1) return [];
  const next = lines.slice(server + 1).find((line) => line !== "");
  const empty = next === undefined || /^(?:ERROR: |errors pretty printing info|Cannot connect|failed to connect)/.test(next);
  return empty ? [opinion(codes.runtimeDown, "Server:", 0.75)] : [];
}

/** Cut-off pieces of `docker inspect`, which no longer parse. */
function readFragment(text: string): readonly Opinion[] {
  if (!/^\s{0,40}"State": \{/m.test(text)) return [];
  const found: Opinion[] = [];
  const unhealthy = /^\s{0,60}"Health": \{\s{0,80}"Status": "unhealthy"/m.exec(text);
  const oom = /^\s{0,60}"OOMKilled": true/m.exec(text);
  const restarting = /^\s{0,60}"Restarting": true/m.exec(text);
  if (unhealthy !== null) found.push(opinion(codes.containerUnhealthy, '"Status": "unhealthy"', 0.9));
  if (oom !== null) found.push(opinion(codes.memoryKilled, oom[0], 0.9));
  if (restarting !== null) found.push(opinion(codes.containerUnhealthy, restarting[0], 0.85));
  return found;
}

/** The whole answer to a question for one field of the state. */
function readSingleWord(text: string): readonly Opinion[] {
  const word = text.trim();
  return word === "unhealthy" || word === "restarting" ? [opinion(codes.containerUnhealthy, word, 0.7)] : [];
}

function readContainers(text: string): readonly Opinion[] {
  const values = jsonValues(text);
  return [
    ...values.flatMap(readDocument),
    ...(values.length === 0 ? readFragment(text) : []),
    ...readInfoText(text),
    ...readSingleWord(text),
  ];
}

/** Reads what `docker inspect`, `docker ps`, `docker info` and Apple's `container` print as structured text. */
export const containers = readersFor([codes.containerUnhealthy, codes.memoryKilled, codes.runtimeDown], readContainers);
