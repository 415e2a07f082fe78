import { listeningClock } from "../adapters/clock/listening-clock.ts";
import { systemClock } from "../adapters/clock/system-clock.ts";
import { execaCommandRunner } from "../adapters/command-runner/execa.ts";
import { storedIdentity } from "../adapters/device-identity/stored-identity.ts";
import { nodeFiles } from "../adapters/files/node-files.ts";
import { readNow } from "../adapters/files/read-now.ts";
import { memoryHistory } from "../adapters/history/memory-history.ts";
import { nodeHttp } from "../adapters/http-client/node-http.ts";
import { ownMachine } from "../adapters/machine/index.ts";
import { readKeyringLock } from "../adapters/secret-store/keyring-lock.ts";
import { keytarStore } from "../adapters/secret-store/keytar.ts";
import { keytarInChild, keytarInProcess } from "../adapters/secret-store/keytar-call.ts";
import { secretTool } from "../adapters/secret-store/secret-tool.ts";
import { securityCli } from "../adapters/secret-store/security-cli.ts";
import { detectServiceManager } from "../adapters/service-manager/detect.ts";
import { configFile } from "../adapters/settings/config-file.ts";
import { yamlSettings } from "../adapters/settings/yaml-settings.ts";
import { wsClient } from "../adapters/websocket-client/ws.ts";
import type { AppPorts, Ports } from "../core/ports/index.ts";
import { actingPorts } from "./acting-ports.ts";

const LARGEST_CONFIG = 262_144;

/**
 * The machine we run on. Only `config.yaml` is read here; everything else waits until a check asks. What it watches does not keep
 * the process alive.
 */
export function realPorts(): AppPorts {
  const clock = systemClock;
  const listening = listeningClock(clock);
  const commands = execaCommandRunner();
  const machine = ownMachine(commands, listening);
  const { platform } = machine.environment;
  const config = configFile(machine.environment);
  const call = "electron" in process.versions ? keytarInProcess() : keytarInChild(commands);
  const secrets = platform === "macos" ? keytarStore(call) : keytarStore(call, () => readKeyringLock(commands));
  const ports: Ports = {
    ...machine,
    clock,
    commands,
    files: nodeFiles,
    foreignSecrets: platform === "macos" ? securityCli(commands) : secretTool(commands),
    history: memoryHistory(),
    http: nodeHttp(listening),
    identity: storedIdentity(secrets, clock),
    secrets,
    services: detectServiceManager({ commands, environment: machine.environment, files: nodeFiles }),
    settings: yamlSettings({
      path: config,
      read: () => readNow(config, LARGEST_CONFIG),
      watch: (changed) => nodeFiles.watch(config, changed),
    }),
    websockets: wsClient(listening),
  };
  return { ...ports, acting: actingPorts(ports) };
}
