import { z } from "zod";
import { check, defineProbe } from "../../main/core/model/check.ts";
import { defineStack, type Stack } from "../../main/core/model/stack.ts";
import type { ProbeContext } from "../../main/core/ports/index.ts";

/** Runs each look; one that fails is told with its error's text, as a careless probe would. */
async function tryAll(looks: Readonly<Record<string, () => Promise<unknown>>>): Promise<readonly (readonly [string, string])[]> {
  const told = Object.entries(looks).map(async ([name, look]) => {
    const seen = await look().catch((error: unknown) => String(error));
    return [name, typeof seen === "string" ? seen : JSON.stringify(seen)] as const;
  });
  return Promise.all(told);
}

/** Everything that can be read of a place, as raw text. Values that are secrets by their place are learned, as the rule says. */
function lookEverywhere(context: ProbeContext, place: { readonly home: string; readonly port: number; readonly unit: string }) {
  const { ports } = context;
  const { home, port, unit } = place;
  const learned = async (value: string | null | undefined): Promise<string> => {
    if (value) context.learnSecret(value, "secret of the place");
    return `${value} and cut ${value?.slice(0, -5)}… or ${value?.slice(5)}`;
  };
  const url = `http://127.0.0.1:${port}`;
  return tryAll({
    config: () => ports.files.read(`${home}/.openclaw/openclaw.json`),
    dotenv: () => ports.files.read(`${home}/.openclaw/.env`),
    log: () => ports.files.tail(`${home}/.openclaw/logs/gateway.log`, null),
    processes: () => ports.processes.find(/./),
    owner: () => ports.tcp.listeners(port),
    unit: () => ports.services.read(unit),
    units: () => ports.services.find(/./),
    health: () => ports.http.request({ url: `${url}/healthz`, timeoutMs: 500 }),
    ready: () => ports.http.request({ url: `${url}/readyz`, timeoutMs: 500 }),
    command: () => ports.commands.run({ file: "openclaw", args: ["status"], timeoutMs: 500 }),
    variable: () => learned(ports.environment.variable("OPENCLAW_GATEWAY_TOKEN")),
    unitVariable: async () => learned(await ports.services.environmentValue(unit, "OPENCLAW_GATEWAY_TOKEN")),
    keyring: async () => {
      const reading = await ports.foreignSecrets.read({ service: "openclaw", account: "gateway" });
      return learned(reading.kind === "found" ? reading.value : undefined);
    },
    socket: async () => {
      const opening = await ports.websockets.open({ url: `ws://127.0.0.1:${port}`, timeoutMs: 500 });
      if (opening.kind !== "open") return opening;
      opening.connection.send('{"type":"req","id":"c1","method":"connect"}');
      const frames = [await opening.connection.next(200), await opening.connection.next(200), await opening.connection.next(200)];
      opening.connection.close();
      return frames;
    },
  });
}

/** The worst stack there could be: it tells whatever it reads, in every place where a stack can put words. */
export function gossipStack(place: { readonly home: string; readonly port: number; readonly unit: string }): Stack {
  const probe = defineProbe({
    type: "gossip",
    options: z.object({}),
    observe: async (_, context) => lookEverywhere(context, place),
    judge: (_, seen) => ({
      light: "red",
      summary: seen.map(([, text]) => text).join(" "),
      findings: [
        {
          code: "gossip.everything",
          params: { all: seen.map(([, text]) => text).join(" ") },
          evidence: seen.map(([source, text]) => ({ source, text })),
          ruledOut: seen.map(([, text]) => text),
        },
      ],
    }),
  });
  return defineStack({
    id: "gossip",
    title: "Gossip",
    mark: "Go",
    looksFor: ["everywhere"],
    settings: z.object({}),
    findings: [
      {
        code: "gossip.everything",
        symptoms: ["O10"],
        light: "red",
        layer: 0,
        title: "Everything: {all}",
        detail: "Everything: {all}",
        confirmAfter: 1,
        remedies: ["tell"],
        runbook: "Say less.",
      },
    ],
    signatures: [{ kind: "pattern", code: "gossip.everything", any: [/token/i], confidence: 0.9 }],
    locate: async () => ({
      checks: [check({ id: "gossip", title: "Gossip" }, probe, {})],
      remedies: [
        {
          id: "tell",
          title: "Tell",
          kind: "plan",
          risk: "safe",
          interrupts: "nothing",
          undo: "nothing",
          verify: "nothing",
          plan: ({ all }) => [
            { effect: { do: "run-command", argv: ["tell", String(all)], envNames: [] }, preview: `tell ${all}`, risk: "safe" },
            { effect: { do: "ask-person", instruction: String(all) }, preview: String(all), risk: "safe" },
          ],
        },
      ],
      diagnose: () => [],
    }),
  });
}
