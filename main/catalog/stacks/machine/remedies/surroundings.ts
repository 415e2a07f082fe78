import type { Remedy } from "../../../../core/model/stack.ts";
import { ask, look, nameIn, onlyLooks, open, type Params, type Place, planned, portIn, recheck, run, type Step, unit } from "./steps.ts";

/** A process that was proved to be a stray copy of the unit's program; anything else is for the person who started it. */
function clearPort(params: Params, port: string): readonly Step[] {
  const [pid, startedMs] = [Number(params["pid"]), Number(params["startedMs"])];
  const name = String(params["process"] ?? "").slice(0, 40);
  const isKnown = Number.isInteger(pid) && pid > 1 && startedMs > 0 && name.trim() !== "";
  if (isKnown && params["stray"] === "yes") {
    const preview = `End process ${pid}, a stray copy that no service unit started`;
    return [{ effect: { do: "end-process", pid, startedMs, name }, preview, risk: "destructive" }];
  }
  return [
    // Not everywhere is there such a program, and who it is may be known without it.
    ...(isKnown ? [] : [look(["lsof", "-nP", `-iTCP:${port}`, "-sTCP:LISTEN"], `Show who listens on port ${port}`)]),
    ask(`Stop ${isKnown ? `${name} (process ${pid})` : "that program"} its own way, or give one of the two another port.`),
  ];
}

/** What can be done about containers, secrets, ports, networks, memory and disk. Runtimes are never started by us: people mind that. */
export const surroundingRemedies = ({ platform, home }: Place): readonly Remedy[] => [
  planned("list-contexts", onlyLooks("See which container runtime is meant", "The star stands at the runtime you use"), (params) => {
    const context = nameIn(params, "context");
    const list = look(["docker", "context", "ls"], "List the contexts; the star marks the one in use");
    return context === undefined
      ? [list, ask("If the star stands at the wrong one, run: docker context use NAME")]
      : [list, run(["docker", "context", "use", context], `Use the context ${context}`, "disruptive")];
  }),
  planned("start-runtime", onlyLooks("Start your container runtime", "docker ps answers"), () => [
    ask("Start the runtime you use: open Docker Desktop or OrbStack, or run colima start, podman machine start or container system start."),
    look(["docker", "ps"], "See whether it answers"),
  ]),
  planned("show-container-log", onlyLooks("Show the container's last lines", "The reason is known"), (params) => {
    const name = nameIn(params, "label");
    if (name === undefined) return [look(["docker", "ps", "-a"], "Show all containers with their state")];
    return [
      look(["docker", "ps", "-a", "--filter", `name=${name}`], "See its state and exit code"),
      look(["docker", "logs", "--tail", "50", name], "Show its last 50 lines"),
    ];
  }),
  planned("unlock-at-screen", onlyLooks("Unlock the keychain or keyring at the screen", "The secret can be read"), () => [
    ask("Log in at the screen of that machine and unlock the keychain or keyring there. We never do this over SSH."),
  ]),
  planned("store-secret-again", onlyLooks("Save the secret again with its own tool", "The secret can be read"), () => [
    ask("Sign in again with the tool the secret belongs to. Do not pass the secret on a command line."),
  ]),
  planned("name-port-owner", onlyLooks("Name the owner of the port", "The owner is known"), (params) => {
    const port = portIn(params, "port");
    return port === undefined
      ? [ask("Find the port in the message, then run: lsof -nP -iTCP:PORT -sTCP:LISTEN")]
      : [look(["lsof", "-nP", `-iTCP:${port}`, "-sTCP:LISTEN"], `Show who listens on port ${port}`)];
  }),
  planned(
    "free-port",
    {
      title: "Free the port",
      risk: "disruptive",
      interrupts: "Whatever the other program does, once it is stopped",
      undo: "Start the other program again",
      verify: "The unit owns its port",
    },
    (params) => {
      const port = portIn(params, "port");
      const label = nameIn(params, "label");
      if (port === undefined) return [ask("Find the port in the message, then run: lsof -nP -iTCP:PORT -sTCP:LISTEN")];
      return [...clearPort(params, port), ...(label === undefined ? [] : [unit("start", label, `Start ${label} once the port is free`)])];
    },
  ),
  planned("try-ssh", onlyLooks("Try the SSH connection by itself", "It ends without a message"), (params) => {
    const host = nameIn(params, "host");
    return host === undefined
      ? [ask("Run: ssh -o BatchMode=yes -o ConnectTimeout=5 HOST true")]
      : [look(["ssh", "-o", "BatchMode=yes", "-o", "ConnectTimeout=5", host, "true"], `Connect to ${host} once`)];
  }),
  planned(
    "open-local-network",
    onlyLooks("See whether macOS keeps the program off the local network", "The program reaches the address"),
    () =>
      platform === "macos"
        ? [
            open("x-apple.systempreferences:com.apple.preference.security?Privacy_LocalNetwork", "Open Privacy & Security, Local Network"),
            ask("Switch the program on in that list, then restart it."),
          ]
        : [look(["ip", "route"], "Show the ways this machine knows")],
  ),
  planned("show-memory", onlyLooks("Show who uses the memory", "More memory is available"), () => [
    platform === "macos"
      ? look(["/usr/bin/top", "-l", "1", "-o", "mem", "-n", "10"], "Show the ten largest processes")
      : look(["ps", "-eo", "pid,rss,comm", "--sort=-rss"], "Show processes, the largest first"),
    ask("Close or move the largest one that you do not need now."),
    recheck("memory"),
  ]),
  planned("show-disk", onlyLooks("Show what fills the disk", "More space is free"), () => [
    look(["df", "-h", home], "Show how full the disk is"),
    ask("Remove old logs, container images and model files you no longer need. Keep the stacks' own folders."),
    recheck("disk"),
  ]),
];
