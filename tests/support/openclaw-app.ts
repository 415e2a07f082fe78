import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeIdentity } from "../../main/adapters/device-identity/fake.ts";
import { fakeSecretStore } from "../../main/adapters/secret-store/fake.ts";
import { fixedSettings } from "../../main/adapters/settings/fixed-settings.ts";
import { type App, createApp } from "../../main/app.ts";
import { openclaw } from "../../main/catalog/stacks/openclaw/index.ts";
import type { StackState } from "../../main/core/model/snapshot.ts";
import type { Ports } from "../../main/core/ports/index.ts";
import { realPorts } from "../../main/hosts/ports.ts";
import { emptyWorld } from "./empty-world.ts";
import type { GatewayHome } from "./real-gateway.ts";

/**
 * The real machine as an account with that home sees it, except that our device key lies in memory: a keyring is not
 * everywhere, and a test must not leave a key in one.
 */
export function portsFor(home: Pick<GatewayHome, "home" | "env">, settings: Readonly<Record<string, unknown>> = {}): Ports {
  const real = realPorts();
  const { environment } = real;
  return {
    ...real,
    environment: {
      platform: environment.platform,
      user: environment.user,
      uid: environment.uid,
      hostName: environment.hostName,
      home: home.home,
      tempDir: home.env["TMPDIR"] ?? join(tmpdir(), "nowhere"),
      pathDirs: (home.env["PATH"] ?? "").split(":"),
      variable: (name) => home.env[name],
    },
    identity: fakeIdentity(
      fakeSecretStore(() => emptyWorld),
      real.clock,
    ),
    settings: fixedSettings({ "stacks.openclaw": settings }),
  };
}

/** The whole app over one gateway. */
export const appOver = (ports: Ports, mode: "once" | "watch"): App => createApp({ ports, stacks: [openclaw], mode });

/** What the app says about OpenClaw now. */
export async function stateOf(app: App): Promise<StackState> {
  const found = (await app.handlers.getSnapshot({})).stacks.find((stack) => stack.id === "openclaw");
  if (found === undefined) throw new Error("OpenClaw is not in the snapshot");
  return found;
}

/** One look of a fresh app, as `status --once` does it. */
export async function lookOnce(ports: Ports): Promise<StackState> {
  const app = appOver(ports, "once");
  await app.start();
  const state = await stateOf(app);
  await app.stop();
  return state;
}
