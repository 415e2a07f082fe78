import type { World } from "../../main/core/model/world.ts";

/** An invented Linux machine with nothing on it; tests spread what they need over it. */
export const emptyWorld: World = {
  platform: "linux",
  home: "/home/sam",
  user: "sam",
  uid: 1000,
  hostName: "lab",
  env: { PATH: "/usr/bin:/bin" },
  files: {},
  serviceManager: "none",
  services: {},
  processes: [],
  listeners: [],
  http: {},
  websockets: {},
  commands: [],
  host: {
    memory: { totalBytes: 8_000_000_000, availableBytes: 4_000_000_000, swapTotalBytes: 0, swapUsedBytes: 0 },
    load1: 0.5,
    cpuCount: 4,
    bootedMs: 1_700_000_000_000,
  },
  disks: {},
};
