import { defineStack } from "../../../core/model/stack.ts";
import { demos } from "./demos/index.ts";
import { findings } from "./findings/index.ts";
import { locateOpenClaw } from "./locate.ts";
import { OpenClawSettings } from "./settings.ts";
import { signatures } from "./signatures/index.ts";

/** OpenClaw: a gateway that connects chat channels, schedules and devices to agents. */
export const openclaw = defineStack({
  id: "openclaw",
  title: "OpenClaw",
  mark: "Oc",
  looksFor: [
    "~/.openclaw/openclaw.json, or the folder that OPENCLAW_STATE_DIR names",
    "A launchd job ai.openclaw.gateway, or a systemd user unit openclaw-gateway.service",
    "A program openclaw on PATH",
  ],
  settings: OpenClawSettings,
  findings,
  signatures,
  demos,
  locate: locateOpenClaw,
});
