import type { FindingKind } from "../../../../core/model/finding.ts";
import { codes } from "../codes.ts";

/** Container runtimes and the containers on them. */
export const containerFindings: readonly FindingKind[] = [
  {
    code: codes.runtimeDown,
    symptoms: ["G11"],
    light: "red",
    layer: 1,
    title: "The container runtime does not answer",
    detail:
      "The command line tool found no daemon behind its socket: the runtime is not running, or the tool looks at another one than you use.",
    explains: [codes.containerUnhealthy],
    remedies: ["list-contexts", "start-runtime"],
    runbook:
      "Start the runtime you use: open Docker Desktop or OrbStack, or run colima start, podman machine start, container system start, or systemctl start docker. If it is running already, the tool looks elsewhere: docker context ls shows the current context with a star, and docker context use NAME changes it; an exported DOCKER_HOST wins over both. If permission is denied, your account is not allowed to use the socket. An empty list or zero containers from a failing command proves nothing, so look at its error text.",
  },
  {
    code: codes.containerUnhealthy,
    symptoms: ["G12"],
    light: "red",
    layer: 2,
    title: "The container {label} is restarting, unhealthy, or gone",
    detail:
      "The runtime works, but this container does not: it restarts over and over, fails its health check, ended, or does not exist under this name.",
    remedies: ["show-container-log"],
    runbook:
      "Read what it said last: docker logs --tail 50 NAME. While a container restarts, its ExitCode reads 0; the true code is in the brackets of Restarting (1). An unhealthy container is not restarted by the runtime: see the output of its check with docker inspect NAME, under State, Health. Repair what the log names, then recreate it (docker compose up -d --force-recreate NAME). If there is no such container, docker ps -a shows the names that exist.",
  },
];
