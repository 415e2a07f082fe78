import type { FindingKind } from "../../../../core/model/finding.ts";
import { codes } from "../codes.ts";

/** Ports, SSH and the ways between machines. */
export const networkFindings: readonly FindingKind[] = [
  {
    code: codes.portHeld,
    symptoms: ["G10"],
    light: "red",
    layer: 3,
    title: "The TCP port {port} is held by another process",
    detail: "A program wanted to listen on a port that is taken. Often the other one is an earlier copy of the same program.",
    explains: [codes.crashLoop, codes.gaveUp],
    remedies: ["free-port", "name-port-owner"],
    runbook:
      "Find the holder: lsof -nP -iTCP:PORT -sTCP:LISTEN names it with its process id (sockets of other accounts stay hidden). If it is an old copy of the same program, stop it the way it was started: through its service unit or its own stop command, so that it is not restarted behind your back. If it is something else, give one of the two another port. Then start the program that failed, once.",
  },
  {
    code: codes.sshBroken,
    symptoms: ["G15"],
    light: "red",
    layer: 4,
    title: "The SSH connection fails",
    detail: "One rung of the ladder is broken: the name, the way there, the port, the host key, or the login. The message names which.",
    remedies: ["try-ssh"],
    runbook:
      "Go up the rungs and stop at the first that fails. Could not resolve: the name is wrong, or this network does not know it. Timed out or no route: the machine is off, asleep, or behind a firewall. Refused: it is up, but SSH is off or on another port (on a Mac: Settings, General, Sharing, Remote Login). Host key: if you reinstalled that machine, remove the old key with ssh-keygen -R HOST; if you did not, stop and find out why it changed. Permission denied: your public key is not in its authorized_keys, or the agent does not offer it. Try with ssh -o BatchMode=yes -o ConnectTimeout=5 HOST true.",
  },
  {
    code: codes.noRoute,
    symptoms: ["G16"],
    light: "red",
    layer: 0,
    title: "There is no way to that address from here",
    detail:
      "The system has no route, the virtual network is not up, or macOS keeps this program away from the local network. The last looks the same as a dead machine.",
    explains: [codes.sshBroken],
    remedies: ["open-local-network", "restart-unit"],
    runbook:
      "First tell a dead machine from a closed door: try the same address with /usr/bin/nc -z HOST PORT or ping in Terminal, which macOS lets through. If that works while the program fails, macOS blocks the program: System Settings, Privacy & Security, Local Network, switch it on, then restart the program. If it fails too, look whether the other machine is awake. A missing bridge100 means that no virtual machine or container network is up: start that first; its number may differ.",
  },
];
