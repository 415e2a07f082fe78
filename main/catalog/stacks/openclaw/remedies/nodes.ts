import type { Remedy } from "../../../../core/model/stack.ts";
import { ask, asked, claw, NOTHING, type RemedyPlace, recheck, remedy } from "./step.ts";

/** Plans for the person beside a companion device, and for the browser tool. */
export const nodeRemedies = (place: RemedyPlace): readonly Remedy[] => [
  remedy({
    id: "wake-node",
    title: "Bring the companion app to the front",
    interrupts: NOTHING,
    undo: "Nothing is changed",
    verify: "The tool works",
    plan: () => [
      ask("On that device: open the OpenClaw app and keep it in front, then run the tool again."),
      recheck("nodes", "The node is connected"),
    ],
  }),
  remedy({
    id: "grant-node-permission",
    title: "Grant the permission on the device",
    interrupts: NOTHING,
    undo: "Withdraw the permission in the same place",
    verify: "The tool works",
    plan: () => [
      ask(
        "On that device: Settings, Privacy & Security, the permission named in the evidence, OpenClaw on. On a Mac the app may have to be started again.",
      ),
      recheck("nodes", "The node is connected"),
    ],
  }),
  remedy({
    id: "approve-node-run",
    title: "Decide about the command",
    interrupts: NOTHING,
    undo: "Withdraw an approval given for always",
    verify: "The tool works",
    plan: () => [
      asked(place, ["nodes", "status", "--json"], "Show the node and what waits on it"),
      ask("Read the exact command in the companion app or the dashboard. Approve it once, or always if you would approve it every time."),
      recheck("nodes", "The node is connected"),
    ],
  }),
  remedy({
    id: "allow-node-command",
    title: "Put the program on the node's list",
    interrupts: NOTHING,
    undo: "Remove the entry again",
    verify: "The tool works",
    plan: () => [
      ask(
        "Add the resolved path of exactly this program to the node's exec list, in the companion app or the dashboard. Do not add a shell: it would allow everything.",
      ),
      recheck("nodes", "The node is connected"),
    ],
  }),
  remedy({
    id: "repair-browser",
    title: "Get the browser tool ready",
    interrupts: NOTHING,
    undo: "Remove browser from plugins.allow again",
    verify: "The browser tool says it is ready",
    plan: () => [
      asked(place, ["browser", "status", "--json"], "Show what is missing: permission, program or debugging port"),
      ask(
        "plugins.allow without browser: add it. No browser found: install Chrome or Chromium, or set browser.executablePath. An attached browser: start it with its debugging port.",
      ),
      claw(place, ["browser", "start", "--json"], "Start the browser"),
      asked(place, ["browser", "status", "--json"], "Look again"),
      recheck("browser", "The browser is where the settings say"),
    ],
  }),
];
