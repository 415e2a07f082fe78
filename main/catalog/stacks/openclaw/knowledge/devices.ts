import type { Raised } from "../../../../core/model/finding.ts";
import { at, flag, type Loose, oneLine, records, text, texts } from "./loose.ts";

/** One request that waits for a person, as a wizard or a plan needs it. */
export type PendingDevice = {
  readonly requestId: string;
  readonly deviceId: string;
  readonly client: string;
  readonly platform: string;
  readonly address: string;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  /** Scopes asked for beyond what this device already has. */
  readonly beyond: readonly string[];
  readonly repair: boolean;
};

const idPattern = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/** Requests in the answer of `device.pair.list` or `devices list --json`. Ids that do not look like ids are left out. */
export function pendingDevices(payload: unknown): readonly PendingDevice[] {
  const approved = new Map(records(at(payload, "paired")).map((device) => [text(device["deviceId"]), texts(device["scopes"])]));
  return records(at(payload, "pending")).flatMap((one): readonly PendingDevice[] => {
    const requestId = text(one["requestId"]);
    if (requestId === undefined || !idPattern.test(requestId)) return [];
    const deviceId = text(one["deviceId"]) ?? "";
    const scopes = texts(one["scopes"]);
    const had = approved.get(deviceId) ?? [];
    return [
      {
        requestId,
        deviceId,
        client: [text(one["clientId"]), text(one["clientMode"])].filter((part) => part !== undefined).join("/") || "unknown client",
        platform: text(one["platform"]) ?? "unknown platform",
        address: text(one["remoteIp"]) ?? "this machine",
        roles: texts(one["roles"]).length > 0 ? texts(one["roles"]) : [text(one["role"]) ?? "operator"],
        scopes,
        beyond: scopes.filter((scope) => !had.includes(scope)),
        repair: flag(one["isRepair"]) === true,
      },
    ];
  });
}

/** Device requests that wait for a person. */
export function judgeDevices(payload: unknown, source = "device.pair.list"): readonly Raised[] {
  const pending = pendingDevices(payload);
  const preview = at(payload, "selected");
  const shown = pending.length > 0 ? pending : preview === undefined ? [] : pendingDevices({ pending: [preview] });
  if (shown.length === 0) return [];
  const evidence = shown.map((one) => ({
    source,
    text: oneLine(
      `${one.client} on ${one.platform} from ${one.address} asks for ${[...one.roles, ...one.scopes].join(", ")} (request ${one.requestId})`,
      220,
    ),
  }));
  return [{ code: "openclaw.auth.pairing-required", params: { requestId: shown[0]?.requestId ?? "", count: shown.length }, evidence }];
}

/** Senders that wait for approval on a channel: the answer of `channels.pairing.list` or `pairing list --json`. Codes are not shown. */
export function judgeSenders(payload: unknown, source = "channels.pairing.list"): readonly Raised[] {
  const groups: readonly Loose[] = at(payload, "requests") === undefined ? records(at(payload, "channels")) : records([payload]);
  const waiting = groups.flatMap((group) =>
    records(group["requests"]).map((one) => ({ channel: text(group["channel"]) ?? text(one["channel"]) ?? "a channel", one })),
  );
  if (waiting.length === 0) return [];
  const channels = [...new Set(waiting.map(({ channel }) => channel))];
  return [
    {
      code: "openclaw.channel.dm-pairing-pending",
      params: { named: `(${channels.join(", ")})`, count: waiting.length, channel: channels[0] ?? "" },
      evidence: waiting
        .slice(0, 8)
        .map(({ channel, one }) => ({ source, text: oneLine(`${channel}: sender ${text(one["id"]) ?? "unknown"} waits`) })),
    },
  ];
}
