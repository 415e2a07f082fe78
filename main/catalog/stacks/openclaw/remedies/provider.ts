import type { Remedy } from "../../../../core/model/stack.ts";
import { ask, asked, identifier, NOTHING, type RemedyPlace, recheck, remedy } from "./step.ts";

/** Names of models hold slashes; anything else that a shell would read differently stays for the person to fill in. */
const modelName = (value: string): string | undefined => (/^[A-Za-z0-9][\w./:@-]{0,127}$/.test(value) ? value : undefined);

/** Plans about model providers. Proof by a real call costs one call, so a person decides about it. */
export const providerRemedies = (place: RemedyPlace): readonly Remedy[] => [
  remedy({
    id: "renew-credential",
    title: "Renew the provider's credential",
    interrupts: NOTHING,
    undo: "The former credential stays as another profile until you remove it",
    verify: "The provider is marked usable, and a real call succeeds",
    plan: (value) => {
      const provider = identifier(value("provider")) ?? "PROVIDER";
      return [
        asked(place, ["models", "status", "--json"], "Show which profile of which provider cannot be used, and why"),
        ask(
          `In a terminal: openclaw models auth login --provider ${provider}. A pasted token must be one line: openclaw models auth paste-token --provider ${provider}. Saving it proves nothing yet.`,
        ),
        ask(`Proof, at the price of one call: openclaw models status --probe --probe-provider ${provider} --json`),
        recheck("models", "No provider in use lacks a credential"),
      ];
    },
  }),
  remedy({
    id: "disable-long-context",
    title: "Turn the long context off for this model",
    interrupts: NOTHING,
    undo: "Set params.context1m to true again",
    verify: "No new refusal in the log",
    plan: (value) => [
      asked(place, ["config", "get", "agents.defaults.models", "--json"], "Show which models have the long context switched on"),
      ask(
        `For that model: openclaw config set agents.defaults.models.${modelName(value("model")) ?? "REF"}.params.context1m false. Or use a credential that is entitled to it, or add a fallback model.`,
      ),
      ask("OpenClaw switches the refused profile off for about ten minutes; it comes back by itself."),
      recheck("models", "The credential is usable again"),
    ],
  }),
  remedy({
    id: "adapt-local-backend",
    title: "Make the local model server fit",
    interrupts: NOTHING,
    undo: "Set the former model id or options again",
    verify: "A normal turn succeeds",
    plan: () => [
      asked(place, ["config", "get", "models.providers", "--json"], "Show the configured address and model ids"),
      ask(
        "Compare the model id with what the server lists under /v1/models. Content must be a string: set the compat option for it. Large prompts fail: lower the context, or start the server with more.",
      ),
      ask("Proof: openclaw infer model run with this model."),
      recheck("models", "The provider is usable"),
    ],
  }),
];
