import type { Remedy } from "../../../../core/model/stack.ts";
import { ask, NOTHING, RESTART_CUTS, type RemedyPlace, recheck, remedy, restartSteps, run } from "./step.ts";

/** Plans about openclaw.json and the secrets it names. The doctor's repair is not among them: it changes far more than one thing. */
export const configRemedies = (place: RemedyPlace): readonly Remedy[] => [
  remedy({
    id: "review-config",
    title: "Correct the configuration",
    interrupts: NOTHING,
    undo: `Copy ${place.configPath}.bak back`,
    verify: "The configuration is valid and the gateway is ready",
    plan: () => [
      run([place.openclaw, "config", "validate", "--json"], "Name every place that is not valid"),
      ask(
        `Correct the named places in ${place.configPath}. Avoid openclaw doctor --fix here: it rewrites the whole file and switches skills off.`,
      ),
      run([place.openclaw, "config", "validate", "--json"], "Check again"),
      recheck("schema", "The settings are accepted"),
    ],
  }),
  remedy({
    id: "restore-config",
    title: "Bring back a good copy of the configuration",
    interrupts: RESTART_CUTS,
    undo: `Copy ${place.configPath}.before-restore back`,
    verify: "The configuration is valid and the gateway is ready",
    atLeast: "destructive",
    plan: (value) => {
      const copy = /^openclaw\.json\.(?:bak(?:\.\d)?|last-good|clobbered\.[A-Za-z0-9:.-]+)$/.test(value("copy"))
        ? value("copy")
        : undefined;
      return [
        ask(
          `Look through the copies beside ${place.configPath}: .bak, .last-good and .clobbered with a date. Choose the newest that is complete and has gateway.mode.`,
        ),
        run(["cp", "-p", place.configPath, `${place.configPath}.before-restore`], "Keep the present file"),
        copy === undefined
          ? ask(`Copy the one you chose over ${place.configPath}.`)
          : run(["cp", "-p", `${place.stateDir}/${copy}`, place.configPath], `Replace the configuration with ${copy}`, "destructive"),
        run([place.openclaw, "config", "validate", "--json"], "Check the result before anything is started"),
        ...restartSteps(place),
        recheck("schema", "The settings are accepted"),
      ];
    },
  }),
  remedy({
    id: "review-restored-config",
    title: "Compare the rejected configuration with the active one",
    interrupts: NOTHING,
    undo: "Nothing is changed",
    verify: "The configuration is valid and no new rejected file appears",
    plan: (value) => {
      const file = /^openclaw\.json\.clobbered\.[A-Za-z0-9:.-]+$/.test(value("file")) ? value("file") : undefined;
      return [
        ...(file === undefined
          ? []
          : [
              run(
                ["diff", "-u", place.configPath, `${place.stateDir}/${file}`],
                "Show what was undone. The output may hold secrets: it stays on this machine",
              ),
            ]),
        ask("Apply the lines you still want with openclaw config set, one at a time."),
        run([place.openclaw, "config", "validate", "--json"], "Check the result"),
        recheck("schema", "The settings are accepted"),
      ];
    },
  }),
  remedy({
    id: "provide-secret-source",
    title: "Give both sides the source of the secret",
    interrupts: NOTHING,
    undo: "Remove the source again",
    verify: "No reference is left unresolved",
    plan: () => [
      run([place.openclaw, "secrets", "audit", "--json"], "Name the references that cannot be resolved"),
      ask(
        "Make the source available to the service as well as to your shell: a variable in the unit's environment file, a file this account may read, or an unlocked store.",
      ),
      run([place.openclaw, "secrets", "reload", "--json"], "Let the running gateway read its secrets again"),
      recheck("session", "The gateway lets us in"),
    ],
  }),
  remedy({
    id: "collapse-secrets",
    title: "Keep one copy of the gateway token",
    interrupts: RESTART_CUTS,
    undo: "Put the removed copies back",
    verify: "One copy is left and the gateway lets us in",
    plan: () => [
      ask(
        "The evidence lists every copy by fingerprint. Keep gateway.auth.token and remove the others: .env, the service unit, gateway.remote.token on this machine, variables in shell profiles.",
      ),
      run([place.openclaw, "gateway", "install", "--force", "--json"], "Write the service unit again without a token", "disruptive"),
      ...restartSteps(place),
      recheck("session", "The gateway lets us in"),
    ],
  }),
  remedy({
    id: "tighten-access",
    title: "Close the gateway and its files to others",
    interrupts: "Clients on other machines, until they have the token",
    undo: "openclaw config set gateway.bind with the former value",
    verify: "Nobody gets in without credentials, and the files are private",
    plan: () => [
      run(["chmod", "700", place.stateDir], "Make the state folder private"),
      run(["chmod", "600", place.configPath], "Make the configuration private"),
      run([place.openclaw, "security", "audit", "--json"], "List what is still open"),
      ask(
        "If others need not reach the gateway: openclaw config set gateway.bind loopback. If they do: set gateway.auth.mode to token with a random token of at least 32 characters.",
      ),
      recheck("anonymous", "Strangers stay out"),
    ],
  }),
];
