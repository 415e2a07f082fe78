import type { Remedy } from "../../../../core/model/stack.ts";
import {
  ask,
  asked,
  endProcess,
  identifier,
  look,
  NOTHING,
  RESTART_CUTS,
  type RemedyPlace,
  recheck,
  remedy,
  type Step,
  wait,
} from "./step.ts";
import { restartSteps, startSteps, traces } from "./unit-steps.ts";

/** Who holds the port: a proven copy of the gateway is ended after a person agreed to it by name; a stranger is for its owner. */
function clearPort(place: RemedyPlace, value: (name: string) => string): readonly Step[] {
  const [pid, startedMs] = [Number(value("pid")), Number(value("startedMs"))];
  const name = value("process").slice(0, 40);
  const isKnown = Number.isInteger(pid) && pid > 1 && startedMs > 0 && name.trim() !== "";
  if (isKnown && value("stray") === "yes")
    return [endProcess(pid, startedMs, name, `End process ${pid}, a stray copy of the gateway that no service unit started`)];
  const who = isKnown ? `${name} (process ${pid})` : "the program named above";
  return [
    // Not everywhere is there such a program, and who it is may be known without it.
    ...(isKnown ? [] : [look(["lsof", "-nP", `-iTCP:${place.port}`, "-sTCP:LISTEN"], `Show who listens on port ${place.port}`)]),
    ask(
      `Stop ${who} its own way, or give the gateway another port. An SSH tunnel: close it. A gateway of another folder: openclaw gateway stop with its profile. We end no process that is not proven to be a copy of this gateway.`,
    ),
  ];
}

/** Plans about the running gateway and what stands in its way. */
export const gatewayRemedies = (place: RemedyPlace): readonly Remedy[] => [
  remedy({
    id: "start-gateway",
    title: "Start the gateway",
    interrupts: NOTHING,
    undo: "openclaw gateway stop --force",
    verify: "The gateway is ready and lets us in",
    plan: () => [...startSteps(place), recheck("session", "The gateway lets us in")],
  }),
  ...(place.keeper === "openclaw"
    ? [
        remedy({
          id: "start-unit",
          title: "Start the gateway through the service manager itself",
          interrupts: NOTHING,
          undo: `Stop ${place.label} again`,
          verify: "The gateway is ready and lets us in",
          plan: () => [...startSteps({ ...place, keeper: "manager" }), recheck("session", "The gateway lets us in")],
        }),
      ]
    : []),
  remedy({
    id: "restart-gateway",
    title: "Restart the gateway once",
    interrupts: RESTART_CUTS,
    undo: "A restart cannot be undone",
    verify: "The gateway is ready and lets us in",
    plan: () => [...restartSteps(place), recheck("session", "The gateway lets us in")],
  }),
  remedy({
    id: "wait-for-boot",
    title: "Wait until the gateway is ready",
    interrupts: NOTHING,
    undo: "Nothing is changed",
    verify: "The gateway says it is ready",
    plan: () => [
      wait(
        "Starting and draining pass by themselves; a restart now would begin them again",
        Math.min(place.bootGraceMs, 3_600_000),
        "ready",
      ),
      recheck("ready", "The gateway is ready"),
    ],
  }),
  remedy({
    id: "capture-and-restart",
    title: "Keep the traces, then restart once",
    interrupts: RESTART_CUTS,
    undo: "A restart cannot be undone; the traces stay with this repair",
    verify: "The gateway answers calls again without delay",
    plan: (value) => [
      ...(identifier(value("pid")) === undefined
        ? []
        : [
            look(
              ["ps", "-o", "pid=,stat=,etime=,rss=,comm=", "-p", value("pid")],
              "A state of T means somebody suspended the process: waking it is enough (kill -CONT with its number)",
            ),
          ]),
      ...traces(place),
      wait("Overload often passes within a minute", 60_000, "session"),
      ...restartSteps(place),
      recheck("session", "The gateway answers a ping and lets us in"),
    ],
  }),
  remedy({
    id: "compare-layers",
    title: "Compare the layers from the ground up",
    interrupts: NOTHING,
    undo: "Nothing is changed",
    verify: "All layers agree",
    plan: () => [
      asked(place, ["status", "--json"], "Keep what OpenClaw says of itself before anything is changed"),
      recheck(
        "ladder",
        "Does the gateway process run? Does it own its port, answer, let us in, work its channels, and does OpenClaw say so too? It stops at the first answer that does not fit the one below",
      ),
      ask("That layer is where to look. Repair it, then run this again: fewer layers may disagree after a repair, never more."),
    ],
  }),
  remedy({
    id: "cross-validate",
    title: "Compare OpenClaw's own answers with ours",
    interrupts: NOTHING,
    undo: "Nothing is changed",
    verify: "The list of disagreements is empty",
    plan: () => [
      asked(place, ["doctor", "--lint", "--json"], "Keep what the doctor finds, without repairing anything"),
      asked(place, ["gateway", "status", "--json", "--require-rpc"], "Keep what the service layer says"),
      asked(place, ["channels", "status", "--json"], "Keep what the channels say"),
      recheck("cross-validation", "All three beside what we see ourselves, and what changed since the last comparison"),
      ask("Repair one finding, run this again, and go back if the list grew."),
    ],
  }),
  remedy({
    id: "free-port",
    title: "Free the gateway's port",
    interrupts: "Whatever the other program does, once it is stopped",
    undo: "Start the other program again",
    verify: "The gateway owns its port",
    atLeast: "disruptive",
    plan: (value) => [
      ...clearPort(place, value),
      ...startSteps(place),
      recheck("port", "The gateway owns the port"),
      recheck("live", "The gateway answers on it"),
    ],
  }),
  remedy({
    id: "fix-ssh-rung",
    title: "Find the rung of the SSH way that fails",
    interrupts: NOTHING,
    undo: "Nothing is changed",
    verify: "The tunnel opens",
    plan: (value) => {
      const target = identifier(value("target"));
      return [
        ...(target === undefined
          ? []
          : [
              look(
                ["ssh", "-o", "BatchMode=yes", "-o", "ConnectTimeout=5", target, "true"],
                "Try the same SSH way without asking for a password",
              ),
            ]),
        ask(
          "Could not resolve: the name. Timed out or no route: the network. Host key: verify it with the machine's owner. Permission denied: the key or the account.",
        ),
        recheck("session", "The gateway lets us in"),
      ];
    },
  }),
  remedy({
    id: "relieve-memory",
    title: "Give the machine memory back",
    interrupts: "The job you end",
    undo: "Start the job again",
    verify: "Memory pressure is gone and the gateway answers without delay",
    plan: () => [
      look(["ps", "-axo", "rss=,pid=,comm="], "List processes with their memory, in KiB"),
      ask(
        "End or move the largest job that is not the gateway, or give it a smaller model. Leave tokens alone: time-outs seen now are no rejections.",
      ),
      recheck("ready", "The gateway answers without delay"),
    ],
  }),
];
