import type { Remedy } from "../../../../core/model/stack.ts";
import {
  ask,
  asked,
  claw,
  copyFile,
  FILES_COME_BACK,
  fileName,
  NOTHING,
  RESTART_CUTS,
  type RemedyPlace,
  recheck,
  remedy,
  removeFile,
  run,
  type Step,
  setMode,
} from "./step.ts";
import { clearFailures, reinstallSteps, startSteps } from "./unit-steps.ts";

const validate = (place: RemedyPlace, preview: string): readonly Step[] =>
  // Without a program there is nobody to ask; the gateway itself says it at its next start.
  place.cli === undefined ? [] : [claw(place, ["config", "validate", "--json"], preview)];

/** The good copy a finding names, or the one that was found when the stack was located. */
function goodCopyOf({ configPath, goodCopy }: RemedyPlace, named: string): string | undefined {
  const name = /^openclaw\.json\.(?:bak(?:\.\d)?|last-good|clobbered\.[A-Za-z0-9:.-]+)$/.test(named) ? fileName(named) : undefined;
  return name === undefined ? goodCopy : `${configPath.slice(0, configPath.lastIndexOf("/"))}/${name}`;
}

/** Files whose mode a finding complains of, by their names in the state folder. */
const namesIn = (list: string): readonly string[] => list.split(",").flatMap((name) => fileName(name) ?? []);

/** Plans about openclaw.json and the secrets it names. The doctor's repair is not among them: it changes far more than one thing. */
export const configRemedies = (place: RemedyPlace): readonly Remedy[] => [
  remedy({
    id: "review-config",
    title: "Correct the configuration",
    interrupts: NOTHING,
    undo: `Copy ${place.configPath}.bak back`,
    verify: "The configuration is valid and the gateway is ready",
    atLeast: "disruptive",
    plan: (value) => [
      asked(place, ["config", "validate", "--json"], "Name every place that is not valid"),
      ask(
        `Correct the named places in ${place.configPath}. Avoid openclaw doctor --fix here: it rewrites the whole file and switches skills off.`,
      ),
      ...validate(place, "Check again"),
      ...(value("gateway") === "down" ? [...clearFailures(place), ...startSteps(place)] : []),
      recheck("schema", "The settings are accepted"),
    ],
  }),
  remedy({
    id: "restore-config",
    title: "Bring back a good copy of the configuration",
    interrupts: "What was changed since that copy is no longer in force",
    undo: FILES_COME_BACK,
    verify: "The configuration is valid and the gateway is ready",
    atLeast: "disruptive",
    plan: (value) => {
      const copy = goodCopyOf(place, value("copy"));
      return [
        ...(copy === undefined
          ? [
              ask(
                `Look through the copies beside ${place.configPath}: .bak, .last-good and .clobbered with a date. Copy the newest that is complete and has gateway.mode over it, and keep the present file.`,
              ),
            ]
          : [copyFile(copy, place.configPath, `Replace the configuration with ${copy}`)]),
        ...validate(place, "Check the result before anything is started"),
        // A running gateway takes the file over by itself.
        ...(value("gateway") === "runs" ? [] : [...clearFailures(place), ...startSteps(place)]),
        recheck("config", "The configuration can be read"),
        recheck("session", "The gateway lets us in"),
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
      const file = /^openclaw\.json\.clobbered\.[A-Za-z0-9:.-]+$/.test(value("file")) ? fileName(value("file")) : undefined;
      return [
        ...(file === undefined
          ? []
          : [
              ask(
                `In a terminal: diff -u ${place.configPath} ${place.stateDir}/${file} shows what was undone. Both hold secrets, so it is not run and kept here.`,
              ),
            ]),
        ask("Apply the lines you still want with openclaw config set, one at a time."),
        ...validate(place, "Check the result"),
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
      asked(place, ["secrets", "audit", "--json"], "Name the references that cannot be resolved"),
      ask(
        "Make the source available to the service as well as to your shell: a variable in the unit's environment file, a file this account may read, or an unlocked store.",
      ),
      claw(place, ["secrets", "reload", "--json"], "Let the running gateway read its secrets again"),
      recheck("session", "The gateway lets us in"),
    ],
  }),
  remedy({
    id: "collapse-secrets",
    title: "Keep one copy of the gateway token",
    interrupts: RESTART_CUTS,
    undo: `${FILES_COME_BACK}; the service unit is written again without a token`,
    verify: "One copy is left and the gateway lets us in",
    atLeast: "disruptive",
    plan: (value) => [
      ask(
        "The evidence lists every copy by fingerprint. Keep gateway.auth.token and remove the others: .env, the service unit, gateway.remote.token on this machine, variables in shell profiles.",
      ),
      // Other lines of that file may be needed, and its new text would carry them through our journal.
      ...(value("dotenv") === "alone"
        ? [removeFile(`${place.stateDir}/.env`, "Take the file away that holds nothing but the other copy")]
        : []),
      ...(value("unit") === "holds" ? reinstallSteps(place, "The service unit holds a copy of the token.") : []),
      recheck("copies", "The copies that are left agree"),
      recheck("session", "The gateway lets us in"),
    ],
  }),
  remedy({
    id: "tighten-access",
    title: "Close the gateway and its files to others",
    interrupts: "Clients on other machines, until they have the token",
    undo: `${FILES_COME_BACK}, with its permissions; openclaw config set gateway.bind with the former value`,
    verify: "Nobody gets in without credentials, and the files are private",
    plan: (value) => [
      run(["chmod", "700", place.stateDir], "Make the state folder private"),
      ...namesIn(value("files")).map((name) => setMode(`${place.stateDir}/${name}`, 0o600, `Make ${name} private`)),
      ...namesIn(value("folders")).map((name) => run(["chmod", "700", `${place.stateDir}/${name}`], `Make the folder ${name} private`)),
      asked(place, ["security", "audit", "--json"], "List what is still open"),
      ...(value("reach") !== "open" && value("files") + value("folders") !== ""
        ? []
        : [
            ask(
              "If others need not reach the gateway: openclaw config set gateway.bind loopback. If they do: set gateway.auth.mode to token with a random token of at least 32 characters.",
            ),
          ]),
      recheck("state", "The files are private"),
      recheck("anonymous", "Strangers stay out"),
    ],
  }),
];
