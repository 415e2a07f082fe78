import type { Remedy } from "../../../../core/model/stack.ts";
import { ask, identifier, NOTHING, RESTART_CUTS, type RemedyPlace, recheck, remedy, restartSteps, run, wait } from "./step.ts";

/** Plans about the running gateway and what stands in its way. */
export const gatewayRemedies = (place: RemedyPlace): readonly Remedy[] => [
  remedy({
    id: "start-gateway",
    title: "Start the gateway",
    interrupts: NOTHING,
    undo: "openclaw gateway stop --force",
    verify: "The gateway is ready and lets us in",
    plan: () => [
      run([place.openclaw, "gateway", "status", "--deep", "--json"], "Look once more why it is not running"),
      run([place.openclaw, "gateway", "start", "--json"], "Start it through its service unit", "disruptive"),
      wait("The gateway needs some seconds before it is ready", 20_000),
      recheck("session", "The gateway lets us in"),
    ],
  }),
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
      wait("Starting and draining pass by themselves; a restart now would begin them again", 60_000),
      recheck("ready", "The gateway is ready"),
    ],
  }),
  remedy({
    id: "capture-and-restart",
    title: "Keep the traces, then restart once",
    interrupts: RESTART_CUTS,
    undo: "A restart cannot be undone; the copied traces stay",
    verify: "The gateway answers calls again without delay",
    plan: (value) => [
      ...(identifier(value("pid")) === undefined
        ? []
        : [
            run(
              ["ps", "-o", "pid=,stat=,etime=,rss=,args=", "-p", value("pid")],
              "A state of T means somebody suspended the process: waking it is enough",
            ),
          ]),
      ask("Copy the report of this finding and the last lines of the gateway log before anything else: after the restart they are gone."),
      wait("Overload often passes within a minute", 60_000),
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
      recheck("process", "Does the gateway process run?"),
      recheck("port", "Does it own its port?"),
      recheck("live", "Does it answer on /healthz?"),
      recheck("ready", "Is it ready?"),
      recheck("session", "Does it let us in?"),
      recheck("channels", "Do its channels work?"),
      recheck("ladder", "All of these and OpenClaw's own status commands in one go; it stops at the first disagreement"),
      ask("Stop at the first answer that does not fit the one before: that layer is where to look."),
    ],
  }),
  remedy({
    id: "cross-validate",
    title: "Compare OpenClaw's own answers with ours",
    interrupts: NOTHING,
    undo: "Nothing is changed",
    verify: "The list of disagreements is empty",
    plan: () => [
      run([place.openclaw, "doctor", "--lint", "--json"], "What the doctor finds, without repairing anything"),
      run([place.openclaw, "gateway", "status", "--json", "--require-rpc"], "What the service layer says"),
      run([place.openclaw, "channels", "status", "--json"], "What the channels say"),
      recheck("cross-validation", "All three beside what we see ourselves, and what changed since the last comparison"),
      ask("Repair one finding, run this again, and go back if the list grew."),
    ],
  }),
  remedy({
    id: "free-port",
    title: "Free the gateway's port",
    interrupts: "Whatever the other program does, once you stop it",
    undo: "Start the other program again",
    verify: "The gateway owns its port",
    plan: () => [
      run(["lsof", "-nP", `-iTCP:${place.port}`, "-sTCP:LISTEN"], `Show who listens on port ${place.port}`),
      ask(
        "A stray gateway: stop it with openclaw gateway stop. An SSH tunnel: close it. Any other program: stop it its own way, or give the gateway another port. We end no process that is not proven to be the gateway.",
      ),
      run([place.openclaw, "gateway", "start", "--json"], "Start the gateway once the port is free", "disruptive"),
      recheck("port", "The gateway owns the port"),
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
              run(
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
      run(["ps", "-axo", "rss=,pid=,comm="], "List processes with their memory, in KiB"),
      ask(
        "End or move the largest job that is not the gateway, or give it a smaller model. Leave tokens alone: time-outs seen now are no rejections.",
      ),
      recheck("ready", "The gateway answers without delay"),
    ],
  }),
];
