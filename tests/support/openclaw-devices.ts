import { spawnSync } from "node:child_process";
import { installOpenClaw, nodeBinary } from "./openclaw-install.ts";
import type { GatewayHome } from "./real-gateway.ts";

/** Command line that runs the real `openclaw` with these arguments. */
export const openclawArgv = async (args: readonly string[]): Promise<readonly string[]> => [nodeBinary, await installOpenClaw(), ...args];

/** Runs the real `openclaw` command line in a home; gives its JSON answer. */
export async function openclawJson(home: Pick<GatewayHome, "home" | "env">, ...args: readonly string[]): Promise<unknown> {
  const [file = "", ...rest] = await openclawArgv([...args, "--json"]);
  const ran = spawnSync(file, rest, { env: home.env, cwd: home.home, encoding: "utf8", timeout: 60_000 });
  const start = ran.stdout.indexOf("{");
  if (start < 0) throw new Error(`openclaw ${args.join(" ")} gave no JSON: ${ran.stdout}${ran.stderr}`);
  return JSON.parse(ran.stdout.slice(start));
}

export type Devices = {
  readonly pending: readonly { readonly requestId: string }[];
  readonly paired: readonly { readonly clientId: string; readonly deviceId: string }[];
};

/** Devices of a gateway as OpenClaw's own command line lists them; the list command's own device is left out. */
export async function devices(home: Pick<GatewayHome, "home" | "env">): Promise<Devices> {
  const { pending, paired } = (await openclawJson(home, "devices", "list")) as Devices;
  return { pending, paired: paired.filter((device) => device.clientId === "gateway-client") };
}
