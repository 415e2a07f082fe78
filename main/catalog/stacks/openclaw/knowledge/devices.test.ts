import { describe, expect, it } from "vitest";
import { judgeBrowser } from "./browser.ts";
import { judgeDevices, judgeSenders, pendingDevices } from "./devices.ts";
import { judgeNodeError, judgeNodes, nodeRefusal } from "./nodes.ts";

describe("devices that wait for approval", () => {
  const asks = {
    requestId: "442bf38d-1ec3",
    deviceId: "d1",
    clientId: "openclaw-ios",
    clientMode: "ui",
    platform: "iOS 19",
    remoteIp: "192.168.1.9",
    role: "operator",
    scopes: ["operator.read", "operator.admin"],
  };

  it("shows who asks and what goes beyond what it has", () => {
    const [one] = pendingDevices({ pending: [asks], paired: [{ deviceId: "d1", scopes: ["operator.read"] }] });
    expect(one).toMatchObject({
      client: "openclaw-ios/ui",
      address: "192.168.1.9",
      roles: ["operator"],
      beyond: ["operator.admin"],
      repair: false,
    });
  });

  it("leaves out requests whose number is none", () => {
    expect(pendingDevices({ pending: [{ ...asks, requestId: "--latest" }, { ...asks, requestId: "a b" }, {}] })).toEqual([]);
  });

  it("raises one finding with the number to approve, from a list or from a preview", () => {
    const wanted = { code: "openclaw.auth.pairing-required", params: { requestId: "442bf38d-1ec3", count: 1 } };
    expect(judgeDevices({ pending: [asks], paired: [] })[0]).toMatchObject(wanted);
    expect(judgeDevices({ selected: asks, approvalState: {} })[0]).toMatchObject(wanted);
    expect(judgeDevices({ pending: [], paired: [{}] })).toEqual([]);
  });
});

describe("senders that wait for approval", () => {
  it("names channel and sender, but not the code", () => {
    const [raised] = judgeSenders({ channel: "telegram", requests: [{ code: "ABCD2345", id: "777" }] });
    expect([raised?.code, raised?.params?.["named"], raised?.evidence[0]?.text]).toEqual([
      "openclaw.channel.dm-pairing-pending",
      "(telegram)",
      "telegram: sender 777 waits",
    ]);
    expect(JSON.stringify(raised)).not.toContain("ABCD2345");
    expect(judgeSenders({ channel: "telegram", requests: [] })).toEqual([]);
  });
});

describe("nodes", () => {
  it.each([
    ["NODE_BACKGROUND_UNAVAILABLE: bring the app to the front", "openclaw.node.background-unavailable"],
    ["LOCATION_PERMISSION_REQUIRED", "openclaw.node.permission-required"],
    ["SCREEN_RECORDING_PERMISSION_REQUIRED: grant it", "openclaw.node.permission-required"],
    ["SYSTEM_RUN_DENIED: approval required", "openclaw.node.approval-required"],
    ["SYSTEM_RUN_DENIED: approval requires a stable executable path", "openclaw.node.approval-required"],
    ["SYSTEM_RUN_DENIED: allowlist miss", "openclaw.node.allowlist-miss"],
    ["everything is fine", undefined],
  ])("reads %s", (message, code) => {
    expect(nodeRefusal(message)).toBe(code);
    expect(judgeNodeError(message).map((one) => one.code)).toEqual(code === undefined ? [] : [code]);
  });

  it("speaks of approvals that wait", () => {
    const [raised] = judgeNodes({
      nodes: [{ nodeId: "n1", displayName: "Phone", approvalState: "pending-reapproval", pendingRequestId: "r9" }],
    });
    expect([raised?.code, raised?.evidence[0]?.text]).toEqual([
      "openclaw.auth.pairing-required",
      "Phone waits for approval (openclaw nodes approve r9)",
    ]);
    expect(judgeNodes({ nodes: [{ nodeId: "n1", approvalState: "approved" }] })).toEqual([]);
  });

  it("only notes permissions that are off, and only of connected nodes", () => {
    const node = (connected: boolean) => ({
      nodes: [{ nodeId: "n", displayName: "Phone", connected, permissions: { camera: false, location: { granted: true } } }],
    });
    expect(judgeNodes(node(true)).map(({ light, evidence }) => [light, evidence[0]?.text])).toEqual([["green", "Phone lacks camera"]]);
    expect(judgeNodes(node(false))).toEqual([]);
  });
});

describe("the browser tool", () => {
  const ready = {
    enabled: true,
    running: false,
    cdpReady: false,
    detectError: null,
    detectedExecutablePath: "/usr/bin/chromium",
    attachOnly: false,
  };
  it.each([
    [ready, 0],
    [{ ...ready, enabled: false }, 1],
    [{ ...ready, detectError: "no permission" }, 1],
    [{ ...ready, detectedExecutablePath: null }, 1],
    [{ ...ready, detectedExecutablePath: null, executablePath: "/opt/chrome" }, 0],
    [{ ...ready, attachOnly: true }, 1],
    [{ ...ready, attachOnly: true, cdpReady: true }, 0],
    [{ ...ready, running: true }, 1],
    [{ ...ready, running: true, cdpReady: true }, 0],
  ])("with %j raises %i findings", (status, count) => {
    expect(judgeBrowser(status)).toHaveLength(count);
  });
});
