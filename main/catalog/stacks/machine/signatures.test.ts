import { describe, expect, it } from "vitest";
import { explain } from "../../../core/engine/explain.ts";
import { machine } from "./index.ts";

const first = (text: string): string | undefined => explain(text, [machine])[0]?.symptoms[0];

/** Wordings of each symptom, written from what the tools are known to say, with names of our own. */
const wordings: Readonly<Record<string, readonly string[]>> = {
  G1: [
    "/Users/kim/Library/LaunchAgents/org.example.plist: No such file or directory",
    "launchctl: nothing found to load",
    "Bootstrap failed: 2: No such file or directory",
    "113: Could not find specified service",
    'Could not find service "org.example.agent" in domain for port',
    'Bad request.\nCould not find service "org.example.agent" in domain for user gui: 502',
    'Bad request.\nCould not find service "org.example.agent" in domain for login',
    "Boot-out failed: 113: Could not find specified service",
    'Could not kickstart service "org.example.agent": 113: Could not find specified service',
    "launchctl print gui/501/org.example.agent exited with code 113",
    "Unit example-gateway.service could not be found.",
    "Failed to start example-gateway.service: Unit example-gateway.service not found.",
    "Failed to restart example-gateway.service: Unit example-gateway.service not loaded.",
    "Failed to get unit file state for example.service: No such file or directory",
    "○ example.service\n     Loaded: not-found (Reason: Unit example.service not found.)\n     Active: inactive (dead)",
    "Failed to enable unit: Unit file example.service does not exist.",
    "Id=example.service\nLoadState=not-found\nActiveState=inactive\nSubState=dead\nResult=success",
    "/Users/kim/Library/LaunchAgents/org.example.plist: file does not exist or is not readable or is not a regular file (Error Domain=NSCocoaErrorDomain Code=260)",
    "not-found\n",
  ],
  G2: [
    "com.apple.xpc.launchd[1] (org.example.agent[812]): Service exited with abnormal code: 1",
    "com.apple.xpc.launchd[1] (org.example.agent[812]): Service exited due to signal: Segmentation fault: 11 sent by exc handler[0]",
    "(org.example.agent): Throttling respawn: Will start in 10 seconds",
    "gui/501/org.example.agent = {\n\tstate = running\n\truns = 4000\n\tlast terminating signal = Killed: 9\n}",
    "$ launchctl print gui/501/org.example.agent | grep runs\ngui/501/org.example.agent = {\n\tstate = running\n\truns = 4\n\tlast exit code = 1\n}\ngui/501/org.example.agent = {\n\tstate = running\n\truns = 7\n\tlast exit code = 1\n}",
    "\tstate = spawn scheduled\n\truns = 12\n\tlast exit code = 2\n\t\tstate = active\n",
    "gui/501/org.example.agent = {\n\tstate = running\n\truns = 38771\n\tpid = 991\n\tlast exit code = 1\n\tproperties = keepalive\n}",
    "state = spawn scheduled\nruns = 9\nlast terminating signal = Segmentation fault: 11",
    "state = not running\nruns = 4\nlast terminating signal = Abort trap: 6",
    '{\n\t"Label" = "org.example.agent";\n\t"OnDemand" = false;\n\t"LastExitStatus" = 256;\n};',
    '{\n\t"Label" = "org.example.agent";\n\t"LastExitStatus" = 11;\n};',
    "PID\tStatus\tLabel\n-\t1\torg.example.agent",
    "-\t-11\torg.example.agent",
    "launchd: gui/501/org.example.agent [812] exited due to SIGABRT | sent by org.example.agent[812]\n",
    "(gui/501/org.example.agent [77]) <Notice>: exited due to exit(3), ran for 512ms\n(gui/501/org.example.agent) <Notice>: launching: inefficient",
    "Nov 20 10:00:01 host systemd[900]: example.service: Main process exited, code=exited, status=1/FAILURE\nNov 20 10:00:01 host systemd[900]: example.service: Failed with result 'exit-code'.\nNov 20 10:00:06 host systemd[900]: example.service: Scheduled restart job, restart counter is at 7.",
    "● example.service - Example\n     Active: activating (auto-restart) (Result: signal) since Fri 2026-11-20 10:00:00 UTC; 2s ago\n   Main PID: 77 (code=dumped, signal=SEGV)",
    "ActiveState=activating\nSubState=auto-restart\nResult=exit-code\nNRestarts=14\nExecMainCode=1\nExecMainStatus=1",
    "ActiveState=activating\nSubState=auto-restart\nResult=core-dump\nExecMainCode=3\nExecMainStatus=6",
  ],
  G3: [
    "\tstate = spawn scheduled\n\truns = 77\n\tlast exit code = 0\n",
    "launchd: gui/501/org.example.once [80] exited due to exit(0)\nlaunchd: gui/501/org.example.once: launching: inefficient",
    "ActiveState=activating\nSubState=auto-restart\nResult=success\nExecMainCode=1\nExecMainStatus=0\nNRestarts=31",
    "systemd[1]: example.service: Deactivated successfully.\nsystemd[1]: example.service: Scheduled restart job, restart counter is at 12.\nsystemd[1]: Started example.service.",
  ],
  G4: [
    "com.apple.xpc.launchd[1] (org.example.agent[812]): Service exited with abnormal code: 78",
    "systemd[900]: example.service: Failed to execute /opt/example: Exec format error",
    "systemd[1]: example.service: Main process exited, code=exited, status=216/GROUP",
    "ActiveState=failed\nSubState=failed\nResult=exit-code\nExecMainCode=1\nExecMainStatus=218",
    "state = not running\nruns = 1\nlast exit code = 78: EX_CONFIG",
    "gui/501/org.example.agent = {\n\tstate = spawn scheduled\n\truns = 3\n\tlast exit reason = OS_REASON_EXEC\n\tjob state = spawn failed\n}",
    "\tstate = not running\n\truns = 6\n\tlast exit code = 126\n",
    "last exit reason = OS_REASON_DYLD",
    "-\t127\torg.example.agent",
    '{\n\t"LastExitStatus" = 32512;\n\t"Label" = "org.example.agent";\n};',
    "systemd[900]: example.service: Failed at step EXEC spawning /opt/example/bin/run: No such file or directory\nsystemd[900]: example.service: Main process exited, code=exited, status=203/EXEC\nsystemd[900]: example.service: Failed with result 'exit-code'.",
    "● example.service - Example\n     Active: failed (Result: exit-code) since Fri 2026-11-20 10:00:00 UTC\n    Process: 88 ExecStart=/opt/example (code=exited, status=200/CHDIR)",
    "ActiveState=failed\nSubState=failed\nResult=exit-code\nExecMainCode=1\nExecMainStatus=203",
    "systemd[1]: example.service: Main process exited, code=exited, status=217/USER",
    "launchd[1]: (org.example.agent[120]): Could not find and/or execute program specified by service: 2: No such file or directory: /opt/gone",
    "launchd: [gui/501:] Missing executable detected. Job: 'org.example.agent' Executable: '/opt/gone/bin/agent'",
    "env: node: No such file or directory",
    "/usr/bin/env: ‘node’: No such file or directory",
    "zsh: /usr/local/bin/agent: bad interpreter: /opt/python3.9/bin/python: no such file or directory",
    "dyld[412]: Library not loaded: /opt/homebrew/opt/icu4c/lib/libicui18n.74.dylib",
  ],
  G5: [
    "state = spawn scheduled\nlast exit reason = OS_REASON_CODESIGNING\nproperties = keepalive | needs LWCR update",
    "properties = runatload | inferred program | needs LWCR update | managed LWCR | has LWCR",
    "-\t-9\torg.example.agent",
    '{\n\t"LastExitStatus" = 9;\n\t"Label" = "org.example.agent";\n};',
    "launchd: (gui/501/org.example.agent [99]) exited with exit reason (namespace: 9 code: 0x4) - OS_REASON_CODESIGNING, Launch Constraint Violation",
    "Termination Reason: Namespace CODESIGNING, Code 2 Invalid Page",
    "Exception Type:  EXC_BAD_ACCESS / SIGKILL (Code Signature Invalid)",
  ],
  G6: [
    "gui/501/org.example.agent = {\n\tactive count = 0\n\tstate = not running\n\truns = 0\n\tlast exit code = (never exited)\n\tproperties = runatload\n}",
    "state = not running\npended nondemand spawn = speculative",
    "(gui/501) <Notice>: pending spawn, domain in on-demand-only mode: org.example.agent",
  ],
  G7: [
    "Bootstrap failed: 119: Service is disabled",
    '"org.example.agent" => disabled',
    'disabled services = {\n\t"org.example.agent" => true\n\t"org.example.other" => false\n}',
    "Service cannot be launched because of BTM policy",
    "Bootstrap failed: 161: Blocked by policy",
    "Name: Example\nDisposition: [enabled, disallowed, visible, notified] (9)\nIdentifier: org.example.agent",
    "Failed to start example.service: Unit example.service is masked.",
    "     Loaded: masked (Reason: Unit example.service is masked.)",
    "LoadState=masked\nActiveState=inactive\nSubState=dead\nUnitFileState=masked",
  ],
  G8: [
    "Could not switch to audit session 0x187c5: 1: Operation not permitted",
    "Unrecognized target specifier, did you mean",
    "Warning: Expecting a LaunchAgents path since the command was ran as user. Got LaunchDaemons instead.",
    "Bootstrap failed: 125: Domain does not support specified action",
    'Could not kickstart service "org.example.agent": 125: Domain does not support specified action',
    "Could not find domain for user gui: 1000",
    "Bootstrap failed: 112: Could not find specified domain",
    'Could not find service "org.example.agent" in domain for system',
    'Could not find service "org.example.agent" in domain for user gui: 0',
    "Bootstrap failed: 134: Service cannot load in requested session",
  ],
  G9: [
    "launchctl: no plist was returned for: /Users/kim/Library/LaunchAgents/org.example.plist",
    "Failed to bootstrap path: path = /Users/kim/a.plist, error = 133: Multiple errors were returned",
    "Bootstrap failed: 122: Path had bad ownership/permissions",
    "/Users/kim/Library/LaunchAgents/org.example.plist: Invalid property list",
    "Bootstrap failed: 133: Multiple errors were returned, see stderr",
    "Bootstrap failed: 109: Invalid property list",
    "launchctl: Dubious ownership on file (skipping): /Library/LaunchDaemons/org.example.plist",
    "org.example.plist: Encountered unexpected character & on line 14 while looking for open tag",
    "org.example.plist: Close tag on line 31 does not match open tag string",
    "org.example.plist: Encountered unexpected EOF",
    "org.example.plist: Missing value for key inside <dict> at line 9",
    "org.example.plist: Found non-key inside <dict> at line 12",
    "systemd[900]: example.service: Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.",
    "     Loaded: bad-setting (Reason: Unit example.service has a bad unit file setting.)",
    "Failed to start example.service: Unit example.service has a bad unit file setting.",
    "LoadState=bad-setting\nActiveState=inactive\nSubState=dead",
  ],
  G10: [
    "Error: listen EADDRINUSE: address already in use 127.0.0.1:3000",
    "OSError: [Errno 98] Address already in use",
    "OSError: [Errno 48] error while attempting to bind on address ('127.0.0.1', 8000): address already in use",
    "listen tcp 127.0.0.1:8080: bind: address already in use",
    "nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)",
    "Bind for 0.0.0.0:5432 failed: port is already allocated",
    "docker: Error response from daemon: Ports are not available: exposing port TCP 0.0.0.0:5000 -> 0.0.0.0:0: listen tcp 0.0.0.0:5000: bind: address already in use.",
    "Port 18789 is already in use",
    "java.net.BindException: Address already in use",
    "Error: Address already in use (os error 98)",
    "bind [127.0.0.1]:18789: Address already in use\nchannel_setup_fwd_listener_tcpip: cannot listen to port: 18789",
  ],
  G11: [
    "zsh: command not found: docker",
    "bash: line 1: docker: command not found",
    "Error: unable to connect to Podman socket: failed to connect: dial tcp 127.0.0.1:52311: connect: connection refused",
    "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
    "ERROR: Cannot connect to the Docker daemon at tcp://127.0.0.1:2375. Is the docker daemon running?",
    "failed to connect to the docker API at unix:///Users/kim/.colima/default/docker.sock; check if the path is correct and if the daemon is running: dial unix /Users/kim/.colima/default/docker.sock: connect: connection refused",
    'Failed to initialize: unable to resolve docker endpoint: context "orbstack": context not found: open /Users/kim/.docker/contexts/meta/x/meta.json: no such file or directory',
    "Cannot connect to Podman. Please verify your connection to the Linux system using `podman system connection list`, or try `podman machine init` and `podman machine start`",
    "apiserver is not running and not registered with launchd",
    'Error: interrupted: "XPC connection error: Connection invalid"',
    'time="2026-11-20T10:00:00+01:00" level=fatal msg="colima is not running"',
    '{"ID":"","Containers":0,"ContainersRunning":0,"ServerVersion":"","ClientInfo":{"Version":"29.1.0"}}',
    '[{"status":"unregistered","appRoot":"/Users/kim/Library/Application Support/com.apple.container/"}]',
    "Client: Docker Engine - Community\n Version:    29.1.0\n Context:    default\n\nServer:\nERROR: failed to reach it\nerrors pretty printing info",
    'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.51/containers/json": dial unix /var/run/docker.sock: connect: permission denied',
  ],
  G12: [
    "unhealthy\n",
    '{"Status":"unhealthy","FailingStreak":7,"Log":[]}',
    'service "agent" is not running',
    "Error response from daemon: No such container: agent-1",
    "Error: No such object: agent-1",
    "[]\nError: No such object: agent-1",
    'CONTAINER ID   IMAGE     COMMAND   CREATED       STATUS                          PORTS     NAMES\n8a1b2c3d4e5f   example   "run"     2 hours ago   Restarting (137) 5 seconds ago             agent-1',
    '8a1b2c3d4e5f   example   "run"   2 hours ago   Up 3 minutes (unhealthy)   agent-1',
    '{"ID":"8a1b","Names":"agent-1","State":"running","Status":"Up 5 minutes (unhealthy)"}',
    '{"ID":"8a1b","Names":"agent-1","State":"restarting","ExitCode":0,"Status":"Restarting (1) 2 seconds ago"}\n{"ID":"9b2c","Names":"db-1","State":"running","Status":"Up 2 hours"}',
    '[{"Id":"8a1b","Name":"/agent-1","State":{"Status":"restarting","Running":true,"Restarting":true,"OOMKilled":false,"ExitCode":1}}]',
    '{"Status":"running","Running":true,"OOMKilled":false,"ExitCode":0,"Health":{"Status":"unhealthy","FailingStreak":4,"Log":[]}}',
    '{"Status":"exited","Running":false,"OOMKilled":false,"ExitCode":1}',
    "dependency failed to start: container agent-1 is unhealthy",
    "Error response from daemon: container 8a1b2c is not running",
    '8a1b2c3d4e5f   example   "run"   2 hours ago   Exited (1) 5 minutes ago   agent-1',
  ],
  G13: [
    "error calling StartServiceByName for org.freedesktop.secrets: Timeout was reached",
    "keychain: user canceled the operation",
    "security find-generic-password: exit code: 36",
    "security: SecKeychainItemCopyContent: User interaction is not allowed.",
    "security: SecKeychainUnlock <NULL>: The user name or passphrase you entered is not correct.",
    "The operation couldn’t be completed. (OSStatus error -25308.)",
    "Error: errSecInteractionNotAllowed",
    "security find-generic-password exited with code 36",
    "/usr/bin/security exit status 51",
    "secret-tool: Cannot create an item in a locked collection",
    "secret-tool: Object does not exist at path “/org/freedesktop/secrets/collection/login”",
    "Couldn't access platform storage: Secret Service: unlock prompt was dismissed",
    "keyring.errors.KeyringLocked: Failed to unlock the collection!",
    "The name org.freedesktop.secrets was not provided by any .service files",
    "Error: Cannot autolaunch D-Bus without X11 $DISPLAY",
  ],
  G14: [
    "security: SecKeychainSearchCopyNext: The specified item could not be found in the keychain.",
    "The operation couldn’t be completed. (OSStatus error -25300.)",
    "keychain: errSecItemNotFound",
    "security find-generic-password exited with status 44",
    "No matching entry found in secure storage",
  ],
  G15: [
    "Bad owner or permissions on /home/kim/.ssh/config",
    "channel 2: open failed: administratively prohibited: open failed",
    "Offending ED25519 key in /home/kim/.ssh/known_hosts:3",
    "kim@buildbox: Permission denied, please try again.",
    "ssh: connect to host build.example.org port 22: Connection refused",
    "ssh: connect to host 10.0.0.9 port 2222: Operation timed out",
    "ssh: connect to host 10.0.0.9 port 22: Connection timed out",
    "ssh: Could not resolve hostname buildbox: nodename nor servname provided, or not known",
    "ssh: Could not resolve hostname buildbox: Name or service not known",
    "ssh: Could not resolve hostname buildbox: Temporary failure in name resolution",
    "kim@buildbox: Permission denied (publickey,password,keyboard-interactive).",
    "Permission denied (publickey).",
    "Host key verification failed.",
    "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @",
    "kex_exchange_identification: read: Connection reset by peer",
    "Connection reset by 10.0.0.9 port 22",
    "Received disconnect from 10.0.0.9 port 22:2: Too many authentication failures",
    "channel 3: open failed: connect failed: Connection refused",
    "@         WARNING: UNPROTECTED PRIVATE KEY FILE!          @",
  ],
  G16: [
    "java.net.NoRouteToHostException: No route to host",
    "The operation couldn’t be completed. No route to host",
    "nc: connectx to 192.168.64.2 port 80 (tcp) failed: No route to host",
    "requests.exceptions.ConnectionError: HTTPConnectionPool(host='192.168.1.4', port=80): Failed to establish a new connection: [Errno 113] No route to host'))",
    "ping: sendto: No route to host",
    "curl: (7) Failed to connect to 192.168.64.2 port 8080 after 3 ms: No route to host",
    "Error: connect EHOSTUNREACH 192.168.1.20:8080 - Local (192.168.1.7:52044)",
    "ssh: connect to host 192.168.64.2 port 22: No route to host",
    "OSError: [Errno 65] No route to host",
    "dial tcp 192.168.64.3:443: connect: no route to host",
    "ifconfig: interface bridge101 does not exist",
    "Error Domain=NSURLErrorDomain Code=-1009 (Local network prohibited)",
    'Device "docker0" does not exist.',
    "* connect to 192.168.64.2 port 80 failed: No route to host",
  ],
  G17: [
    "systemd[900]: Failed to start Example Gateway.",
    "Unit example.service entered failed state.",
    "sd_bus_open_user: No medium found",
    "Process org.freedesktop.systemd1 exited with status 1",
    "Failed to connect to bus: No medium found",
    "Failed to connect to bus: Permission denied",
    "Failed to connect to bus: Host is down",
    "Failed to connect to user scope bus via local transport: No medium found",
    "Failed to connect to bus: $DBUS_SESSION_BUS_ADDRESS and $XDG_RUNTIME_DIR not defined (consider using --machine=<user>@.host --user to connect to bus of other user)",
    "System has not been booted with systemd as init system (PID 1). Can't operate.",
    "Nov 20 10:00:09 host systemd[900]: example.service: Start request repeated too quickly.",
    "● example.service - Example\n     Loaded: loaded (/home/kim/.config/systemd/user/example.service; enabled; preset: enabled)\n     Active: failed (Result: exit-code) since Fri 2026-11-20 10:00:00 UTC; 3s ago\n   Main PID: 77 (code=exited, status=1/FAILURE)",
    "LoadState=loaded\nActiveState=failed\nSubState=failed\nResult=exit-code\nNRestarts=5\nExecMainCode=1\nExecMainStatus=1",
    "LoadState=loaded\nActiveState=failed\nSubState=failed\nResult=start-limit-hit\nExecMainCode=1\nExecMainStatus=1",
    "● example.service loaded failed failed Example",
    "Job for example.service failed because the control process exited with error code.",
  ],
  G18: [
    "kim (1000)\n           Since: Fri 2026-11-20 10:00:00 UTC\n          Linger: no",
    "Linger=no",
    "Could not enable linger: Interactive authentication required.",
    "Could not enable linger: Access denied",
    "Could not enable linger: No such device or address",
    "UID=1000\nName=kim\nState=active\nLinger=no",
  ],
  G19: [
    "low swap: killing largest compressed process with pid 812 (node) and size 4096 MB",
    '{"pid":812,"reason" : "per-process-limit","name":"node"}',
    "State:\n  OOMKilled: true",
    "state = not running\nruns = 3\nlast exit reason = JETSAM_REASON_MEMORY_PERPROCESSLIMIT",
    "memorystatus: killing_specific_process pid 812 [node] (per-process-limit 3) 4194304KB",
    "[12345.6] Out of memory: Killed process 812 (node) total-vm:9213412kB, anon-rss:3912312kB",
    "Memory cgroup out of memory: Killed process 77 (node)",
    "systemd[900]: example.service: A process of this unit has been killed by the OOM killer.\nsystemd[900]: example.service: Failed with result 'oom-kill'.",
    "     Active: failed (Result: oom-kill) since Fri 2026-11-20 10:00:00 UTC; 3s ago",
    "ActiveState=failed\nSubState=failed\nResult=oom-kill\nExecMainCode=2\nExecMainStatus=9",
    '{"Status":"exited","Running":false,"OOMKilled":true,"ExitCode":137}',
    '[{"Id":"8a1b","State":{"Status":"exited","OOMKilled":true,"ExitCode":137}}]',
    "agent-1 exited with code 137",
    "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory",
  ],
  G20: [
    "5: Input/output error",
    "Failed to bootstrap path: path = /Users/kim/a.plist, error = 5: Input/output error",
    "37: Operation already in progress",
    "launchctl bootstrap gui/501 /Users/kim/a.plist failed (exit 5)",
    "Bootstrap failed: 5: Input/output error",
    "launchctl: Bootstrap failed: 37: Operation already in progress",
    "Boot-out failed: 36: Operation now in progress",
    "Load failed: 37: Operation already in progress",
    "Load failed: 5: Input/output error\nTry running `launchctl bootstrap` as root for richer errors.",
    'Could not kickstart service "org.example.agent": 37: Operation already in progress',
    "/Users/kim/Library/LaunchAgents/org.example.plist: service already bootstrapped",
    "gui/501/org.example.agent = {\n\tstate = SIGTERMed\n\truns = 3\n\tpid = 88\n}",
  ],
};

describe.each(Object.entries(wordings))("%s", (symptom, texts) => {
  it.each(texts)("is told from %j", (text) => expect(first(text)).toBe(symptom));
  it.each(texts)("is told from the same words in a log with Windows line ends: %j", (text) =>
    expect(first(`2026-11-20 started\r\n${text.replaceAll("\n", "\r\n")}\r\n`) ?? "single word").toBe(
      /^[a-z-]+$/.test(text.trim()) ? "single word" : symptom,
    ),
  );
});

/** Surroundings people paste along: a prompt, a greeting, other programs' lines, colours. */
const amid = (text: string): string =>
  [
    "Hello, since this morning I see this, what does it mean?",
    "",
    "Last login: Fri Nov 20 09:58:12 on ttys001",
    "kim@lab ~ % make up",
    "\u001b[32m✓\u001b[0m built in 3.1 s",
    ...text.split("\n"),
    "kim@lab ~ % ",
    "Thank you!",
  ].join("\n");

describe("the same words in the middle of other text", () => {
  // An answer of one word means something only when it is the whole text.
  const whole = Object.entries(wordings).flatMap(([symptom, texts]) =>
    texts.filter((text) => !/^[a-z-]+$/.test(text.trim())).map((text) => [symptom, text] as const),
  );
  it.each(whole)("still mean %s: %j", (symptom, text) => expect(first(amid(text))).toBe(symptom));
});

/** Healthy, idle and deliberately ended things, in the words of the same tools. */
const calm: readonly string[] = [
  "gui/501/org.example.agent = {\n\tactive count = 1\n\tstate = running\n\truns = 1\n\tpid = 77\n\tlast exit code = (never exited)\n\tjob state = running\n\tproperties = keepalive | runatload\n}",
  "gui/501/org.example.agent = {\n\tstate = running\n\truns = 14\n\tpid = 77\n\tlast exit code = 1\n\tproperties = keepalive\n}",
  "gui/501/org.example.agent = {\n\tstate = running\n\truns = 2\n\tpid = 77\n\tlast exit reason = OS_REASON_JETSAM_NOT\n}",
  "gui/501/org.example.tick = {\n\tstate = running\n\truns = 9000\n\tpid = 77\n\tlast exit code = 1\n\trun interval = 60 seconds\n}",
  "gui/501/org.example.tick = {\n\tstate = not running\n\truns = 44\n\tlast exit code = 0\n\trun interval = 300 seconds\n\tjob state = exited\n}",
  "gui/501/org.example.agent = {\n\tstate = not running\n\truns = 3\n\tlast terminating signal = Terminated: 15\n}",
  "gui/501/org.example.agent = {\n\tstate = not running\n\truns = 3\n\tlast exit code = 143\n}",
  "gui/501/org.example.agent = {\n\tstate = not running\n\truns = 5\n\tlast exit reason = JETSAM_REASON_MEMORY_IDLE_EXIT\n}",
  "gui/501/org.example.agent = {\n\tstate = xpcproxy\n\truns = 1\n\tpid = 77\n}",
  "gui/501/org.example.agent = {\n\tstate = spawn scheduled\n\truns = 1\n\tlast exit code = (never exited)\n}",
  "gui/501/org.example.agent = {\n\tstate = spawn scheduled\n\truns = 4\n\tlast terminating signal = Terminated: 15\n}",
  "gui/501/org.example.agent = {\n\tstate = running\n\truns = 2\n\tpid = 77\n\tproperties = keepalive | needs LWCR update\n}",
  "PID\tStatus\tLabel\n812\t0\torg.example.agent\n-\t0\torg.example.tick\n-\t-15\torg.example.stopped\n77\t-9\torg.example.restarted\n-\t-9\tcom.apple.mdworker",
  '{\n\t"Label" = "org.example.agent";\n\t"LastExitStatus" = 15;\n};',
  '{\n\t"Label" = "org.example.agent";\n\t"LastExitStatus" = 256;\n\t"PID" = 77;\n};',
  'disabled services = {\n\t"org.example.agent" => enabled\n\t"com.apple.ftpd" => disabled\n}',
  'disabled services = {\n\t"org.example.agent" => false\n}',
  "Name: Example\nDisposition: [enabled, allowed, visible, notified] (11)\nIdentifier: org.example.agent",
  "org.example.plist: OK",
  "● example.service - Example\n     Loaded: loaded (/etc/systemd/system/example.service; enabled; preset: enabled)\n     Active: active (running) since Fri 2026-11-20 10:00:00 UTC; 2h ago\n   Main PID: 77 (node)",
  "○ example.service - Example\n     Loaded: loaded (/etc/systemd/system/example.service; disabled; preset: enabled)\n     Active: inactive (dead)",
  "● example.service - Example\n     Active: failed (Result: exit-code) since Fri 2026-11-20\n   Main PID: 77 (code=exited, status=143)",
  "LoadState=loaded\nActiveState=active\nSubState=running\nResult=success\nNRestarts=2\nExecMainStatus=0",
  "LoadState=loaded\nActiveState=inactive\nSubState=dead\nResult=success\nUnitFileState=enabled",
  "LoadState=loaded\nActiveState=failed\nSubState=failed\nResult=exit-code\nExecMainCode=1\nExecMainStatus=143",
  "systemd[900]: Stopping example.service - Example...\nsystemd[900]: example.service: Deactivated successfully.\nsystemd[900]: Stopped example.service - Example.",
  "systemd[900]: example.service: Scheduled restart job, restart counter is at 1.\nsystemd[900]: Started example.service - Example.",
  "Linger=yes",
  'CONTAINER ID   IMAGE     COMMAND   CREATED       STATUS                   PORTS     NAMES\n8a1b2c3d4e5f   example   "run"     2 hours ago   Up 2 hours (healthy)               agent-1',
  '8a1b2c3d4e5f   example   "run"   2 hours ago   Exited (0) 5 minutes ago   agent-1',
  '8a1b2c3d4e5f   example   "run"   2 hours ago   Exited (143) 5 minutes ago   agent-1',
  '[{"Id":"8a1b","State":{"Status":"running","Running":true,"Restarting":false,"OOMKilled":false,"ExitCode":0,"Health":{"Status":"healthy"}}}]',
  '{"Status":"exited","Running":false,"OOMKilled":false,"ExitCode":0}',
  '{"ID":"7a","Containers":3,"ContainersRunning":2,"ServerVersion":"29.1.0"}',
  '[{"status":"running","apiServerVersion":"container-apiserver version 1.0.0"}]',
  "Client:\n Version: 29.1.0\n\nServer:\n Containers: 3\n  Running: 2",
  "[]",
  "agent-1  | Gracefully stopping...\nagent-1 exited with code 137",
  "COMMAND   PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME\nnode 812 kim 3u IPv4 49627 0t0 TCP 127.0.0.1:18789 (LISTEN)",
  "bridge101: flags=8863<UP,BROADCAST,RUNNING> mtu 1500\n\tmember: vmenet1 flags=3<LEARNING,DISCOVER>\n\tstatus: active",
  "PING 192.168.64.2: 56 data bytes\n--- 192.168.64.2 ping statistics ---\n4 packets transmitted, 4 packets received, 0.0% packet loss",
  "sshd[812]: Connection closed by authenticating user root 203.0.113.9 port 40222 [preauth]",
  "sshd[812]: Received disconnect from 203.0.113.9 port 40222:11: Bye Bye [preauth]",
  "memorystatus: killing_idle_process pid 812 [mdworker]",
];

describe("what is healthy, idle or was stopped on purpose", () => {
  it.each(calm)("says nothing about %j", (text) => expect(explain(text, [machine])).toEqual([]));
});

const strangers: Readonly<Record<string, string>> = {
  "a cluster's own restarts": "api-7f 0/1 CrashLoopBackOff 12 44m\nWarning BackOff pod/api-7f Back-off restarting failed container api",
  "a letter":
    "Dear Kim,\n\nthe garden is doing well. I failed to connect the hose to the tap, but the bus came in time.\nThe service in the station café was disabled on Sunday; the container with the cake was empty.\nWe could not find the key, so the host let us in.\n\nYours, Robin",
  "a README":
    "# Example\n\nA small tool that listens on port 8080.\n\n## Install\n\n```sh\nnpm install example\nexample start\n```\n\nIf the port is taken, choose another one with `--port`. Run it as a service with systemd or launchd.\n\n- 3 files changed\n- 78 tests\n- 127 contributors\n",
  TypeScript:
    'import { spawn } from "node:child_process";\n\nconst NOT_LOADED = /Could not find service "[^"]+" in domain for/;\nexport function classify(stderr: string): string {\n  if (stderr.includes("Bootstrap failed: 5: Input/output error")) return "busy";\n  // Cannot connect to the Docker daemon at unix:///x means that it is down\n  throw new Error("Start request repeated too quickly");\n}\n',
  Python:
    'import errno\n\ndef explain(error):\n    if error.errno == errno.EADDRINUSE:\n        raise RuntimeError("Address already in use")\n    return {"ssh": "Host key verification failed."}.get(error.kind)\n',
  "a test": 'it("reports a locked keychain", () => {\n  expect(read("User interaction is not allowed.")).toEqual({ kind: "locked" });\n});',
  "npm output":
    "npm warn deprecated glob@7.2.3: Glob versions prior to v9 are no longer supported\nadded 312 packages, and audited 313 packages in 9s\n\n42 packages are looking for funding\n  run `npm fund` for details\n\n3 moderate severity vulnerabilities\nnpm error code ENOENT\nnpm error syscall open\nnpm error path /home/kim/package.json",
  "nginx access log":
    '203.0.113.9 - - [20/Nov/2026:10:00:00 +0000] "GET /health HTTP/1.1" 200 17 "-" "curl/8.5.0"\n203.0.113.9 - - [20/Nov/2026:10:00:01 +0000] "GET /missing HTTP/1.1" 404 153 "-" "Mozilla/5.0"\n203.0.113.9 - - [20/Nov/2026:10:00:02 +0000] "POST /rpc HTTP/1.1" 502 157 "-" "-"',
  "nginx error log":
    '2026/11/20 10:00:00 [error] 812#812: *7 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.9, server: _, request: "GET / HTTP/1.1", upstream: "http://127.0.0.1:3000/"',
  "postgres log":
    '2026-11-20 10:00:00.000 UTC [77] LOG:  starting PostgreSQL 16.4 on x86_64-pc-linux-gnu\n2026-11-20 10:00:00.010 UTC [77] LOG:  listening on IPv4 address "127.0.0.1", port 5432\n2026-11-20 10:00:03.010 UTC [91] FATAL:  password authentication failed for user "kim"\n2026-11-20 10:00:09.010 UTC [92] ERROR:  relation "jobs" does not exist at character 15\n2026-11-20 10:01:00.000 UTC [77] LOG:  checkpoint complete: wrote 3 buffers (0.0%)',
  "kernel log":
    '[    0.000000] Linux version 6.1.0-28-amd64 (gcc-12 (Debian 12.2.0))\n[    1.234567] EXT4-fs (sda1): mounted filesystem with ordered data mode\n[   12.345678] usb 1-1: new high-speed USB device number 2 using xhci_hcd\n[   20.000001] audit: type=1400 apparmor="STATUS" operation="profile_load" name="lsb_release"\n[ 4000.100000] perf: interrupt took too long (2503 > 2500), lowering kernel.perf_event_max_sample_rate to 79750\n[ 4100.000000] wlan0: deauthenticated from 00:11:22:33:44:55 (Reason: 3=DEAUTH_LEAVING)',
  "git output":
    "On branch main\nYour branch is ahead of 'origin/main' by 2 commits.\n\nChanges not staged for commit:\n\tmodified:   src/service.ts\n\n 3 files changed, 78 insertions(+), 127 deletions(-)\n create mode 100644 src/port.ts\n-\t-\tassets/icon.png\n12\t3\tsrc/index.ts",
  "git log":
    "commit 1a2b3c4d\nAuthor: Kim <kim@example.org>\nDate:   Fri Nov 20 10:00:00 2026 +0100\n\n    Retry when the address is already in use\n\n    Killed the flaky test and disabled the slow service check.",
  "a YAML workflow":
    "name: check\non: [push]\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v5\n      - run: npm test\n        env:\n          CI: true\n",
  "an INI file":
    "[Unit]\nDescription=Example\nAfter=network.target\n\n[Service]\nExecStart=/usr/bin/example --port 8080\nRestart=on-failure\nRestartSec=5\n\n[Install]\nWantedBy=default.target\n",
  "a property list":
    '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<dict>\n\t<key>Label</key>\n\t<string>org.example.agent</string>\n\t<key>RunAtLoad</key>\n\t<true/>\n</dict>\n</plist>',
  Terraform:
    'resource "docker_container" "agent" {\n  name  = "agent"\n  state = running\n  runs = 3\n  image = docker_image.agent.image_id\n}',
  "a test run":
    "RUN  v5.1.1 /home/kim/project\n ✓ unit main/service.test.ts (14 tests) 31ms\n ✗ unit main/port.test.ts (3 tests | 1 failed) 12ms\n   → expected 3 to be 4\n Test Files  1 failed | 12 passed (13)",
  "a stack trace":
    "TypeError: Cannot read properties of undefined (reading 'length')\n    at parse (/home/kim/project/src/parse.ts:12:9)\n    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)",
  "cron mail":
    "From: root\nSubject: Cron <kim@host> /usr/local/bin/backup\n\nrsync: 1,204 files to consider\nsent 3,204 bytes  received 812 bytes\ntotal size is 9,120,331  speedup is 2,271.0\n",
  "a web server error about a browser": "[error] [client 203.0.113.9] AH01630: client denied by server configuration: /var/www/html/.git",
  "JSON of another program": '{"status":"ok","State":"open","Status":"merged","ID":7,"checks":[{"name":"build","conclusion":"success"}]}',
  "a CSV": "id,state,exit\n1,running,0\n2,exited,1\n3,restarting,1\n",
  "minutes of a meeting":
    "Q3 review\n- the gateway was down twice; port moves to 8080\n- linger on the roadmap: no decision\n- docker is disabled in CI, Kim looks into it\n- next restart of the build machine: Monday",
};

describe("text of other kinds", () => {
  it.each(Object.entries(strangers))("says nothing about %s", (_, text) => expect(explain(text, [machine])).toEqual([]));
});

it("takes a bus that cannot be reached for no trouble of the network", () => {
  const found = explain("Failed to connect to bus: Host is down\n", [machine]);
  expect(found.flatMap(({ symptoms }) => symptoms)).toEqual(["G17"]);
  expect(first("curl: (7) Failed to connect to 192.168.1.9 port 80: Host is down")).toBe("G16");
});

describe("hostile text", () => {
  const pieces = [
    "state = ",
    "runs = 0\n",
    "- 1 a.b\n",
    '"State": {\n',
    "foo.service: ",
    "ssh: connect to host a port 22: ",
    "(((((",
    "Error response from daemon: ",
    "\t".repeat(80),
  ];
  it.each(pieces)("costs little when it repeats %j for a megabyte", (piece) => {
    const text = piece.repeat(Math.ceil(1_048_576 / piece.length));
    const began = performance.now();
    explain(text, [machine]);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
