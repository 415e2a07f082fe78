import { check } from "../../../../core/model/check.ts";
import { hostProbe } from "../../../probes/host/index.ts";

/** Memory under the gateway: a note here, because the machine has a lamp of its own; `diagnose` needs it to tell pressure from bad credentials. */
export const memoryCheck = () =>
  check({ id: "memory", title: "Memory for the gateway", everyMs: 15_000, timeoutMs: 3_000, drivesLight: false }, hostProbe, {
    parts: ["memory"],
  });
