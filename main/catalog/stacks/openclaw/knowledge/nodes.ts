import type { Raised } from "../../../../core/model/finding.ts";
import { at, entries, flag, oneLine, records, text } from "./loose.ts";

/** What a node's refusal code means. The codes come back from `node.invoke` and stand in logs. */
const refusals: readonly (readonly [RegExp, string])[] = [
  [/NODE_BACKGROUND_UNAVAILABLE/, "openclaw.node.background-unavailable"],
  [/\b[A-Z]+(?:_[A-Z]+)*_PERMISSION_REQUIRED\b/, "openclaw.node.permission-required"],
  [/SYSTEM_RUN_DENIED:? ?allowlist miss/i, "openclaw.node.allowlist-miss"],
  [/SYSTEM_RUN_DENIED:? ?(?:explicit )?(?:approval|exec approval)/i, "openclaw.node.approval-required"],
];

/** Finding code of a node's refusal; undefined when the text is none. */
export const nodeRefusal = (message: string): string | undefined => refusals.find(([pattern]) => pattern.test(message))?.[1];

/** A failed call to a node: `error` of the answer, or its text. */
export function judgeNodeError(message: string, source = "node"): readonly Raised[] {
  const code = nodeRefusal(message);
  return code === undefined ? [] : [{ code, evidence: [{ source, text: oneLine(message) }] }];
}

/** The answer of `node.list` or `nodes status --json`: approvals that wait, and permissions a node says it lacks. */
export function judgeNodes(payload: unknown, source = "node.list"): readonly Raised[] {
  const nodes = records(at(payload, "nodes"));
  const name = (node: (typeof nodes)[number]): string => text(node["displayName"]) ?? text(node["nodeId"])?.slice(0, 12) ?? "a node";
  const waiting = nodes.filter((node) => /pending/.test(text(node["approvalState"]) ?? "") || text(node["pendingRequestId"]) !== undefined);
  const pending = records(at(payload, "pending"));
  const lacking = nodes.flatMap((node) =>
    flag(node["connected"]) === false
      ? []
      : entriesOfPermissions(node["permissions"])
          .filter(([, granted]) => granted === false)
          .map(([permission]) => `${name(node)} lacks ${permission}`),
  );
  const found: Raised[] = [];
  if (waiting.length + pending.length > 0) {
    const evidence = [
      ...waiting.map((node) => ({ source, text: `${name(node)} waits for approval${request(text(node["pendingRequestId"]))}` })),
      ...pending.map((one) => ({ source, text: `${name(one)} waits for approval${request(text(one["requestId"]))}` })),
    ];
    found.push({ code: "openclaw.auth.pairing-required", evidence });
  }
  // A permission that is off may be off on purpose; it is said, and only a refused call makes it a finding of its own.
  if (lacking.length > 0)
    found.push({ code: "openclaw.node.permission-required", light: "green", evidence: lacking.map((line) => ({ source, text: line })) });
  return found;
}

/** The command to copy, only with an id that a shell takes as one plain word. */
const request = (id: string | undefined): string =>
  id === undefined || !/^[A-Za-z0-9][\w.:-]{0,127}$/.test(id) ? "" : ` (openclaw nodes approve ${id})`;

/** Permissions come as name → boolean, or as name → object with `granted`. */
function entriesOfPermissions(value: unknown): readonly (readonly [string, boolean | undefined])[] {
  if (typeof value !== "object" || value === null) return [];
  const nested = new Map(entries(value).map(([key, inner]) => [key, flag(inner["granted"])]));
  return Object.entries(value).map(([key, granted]) => [key, nested.get(key) ?? flag(granted)] as const);
}
