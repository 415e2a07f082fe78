import { describe, expect, it } from "vitest";
import { isJsonDocument, isSourceLine } from "./source-line.ts";

describe("a line of source code", () => {
  it.each([
    'import { spawn } from "node:child_process";',
    "const failed = /Bootstrap failed: 5/;",
    '  if (error.code === "EADDRINUSE") {',
    "} else if (text.includes('No such container')) {",
    'throw new Error("Could not find service");',
    "  // Bootstrap failed: 5 means many things",
    "   * Cannot connect to the Docker daemon, says the client",
    '  case "EHOSTUNREACH":',
    'logger.warn("Linger=no for this account")',
    "  message: 'listen EADDRINUSE: address already in use',",
    "  /Start request repeated too quickly/i,",
    "  'Host key verification failed.',",
    'label = "Could not enable linger"',
    "+  return fail(`Path had bad ownership/permissions`);",
    '  "Could not enable linger: Access denied",',
    "  says(codes.held, 0.6, [/\\b(?:port|address) already in use\\b/i]),",
    "| G10 | port held | EADDRINUSE: address already in use |",
    '  ["last exit reason = OS_REASON_DYLD", "failed"],',
    '  evidence: [{ source: "loginctl", text: "Linger is off" }],',
    "errSecItemNotFound = -25300",
    'exited(file === "journalctl" ? "own.service: Start request repeated too quickly" : failed()),',
    '{ kind: "locked", reason: "The keyring is locked." },',
    '? { kind: "locked", reason: "The keyring is locked." }',
    "def explain(text):",
    "rows.map((row) => {",
    "last_status = 5; // Bootstrap failed",
    "#define EHOSTUNREACH 113 /* No route to host */",
    "PAIRING_REQUIRED=true",
    "        # EADDRINUSE: somebody else has the port",
    'AddrInUse => eprintln!("Address already in use (os error 98)"),',
    'return fmt.Errorf("gateway closed (1008): %w", err)',
    "if grep -q 'Bootstrap failed: 5' err.log; then exit 1; fi",
    "echo 'Could not find service'",
    'printf "%s" "No such container"',
    'Expected: "Host key verification failed."',
    "Received string: AUTH_TOKEN_MISSING",
    "fix(gateway): retry after a token mismatch",
    "feat!: say when the keyring is locked",
  ])("is recognised: %s", (line) => expect(isSourceLine(line)).toBe(true));

  it.each([
    "Bootstrap failed: 5: Input/output error",
    "* connect to 192.168.64.2 port 80 failed: No route to host",
    "Error: listen EADDRINUSE: address already in use 127.0.0.1:18789",
    "if you see this, the daemon is down",
    'time="2026-11-20T10:00:00Z" level=fatal msg="colima is not running"',
    '{"level":"error","msg":"connect ECONNREFUSED 127.0.0.1:18789"}',
    '  "message": "No such container: web",',
    "state = spawn scheduled",
    "last exit code = 78: EX_CONFIG",
    "OSError(98, 'Address already in use')",
    "HTTPConnectionPool(host='192.168.1.4', port=80): Failed to establish a new connection",
    "[gateway] refused: token mismatch",
    "gateway: { code: 1008 }",
    "Linger=no",
    "# Health check: the collection is locked",
    '\t"com.example.worker" => disabled',
    "test failed: listen EADDRINUSE: address already in use",
    "returned 5: Input/output error (launchctl)",
    "2026-11-20T10:00:00.000Z [gateway] shutting down",
    "failed to connect to the docker API at unix:///run/docker.sock; check if the path is correct",
    "openclaw.service: Main process exited, code=exited, status=1/FAILURE",
    "",
  ])("is not seen in what a program said: %s", (line) => expect(isSourceLine(line)).toBe(false));

  it("may be told from a value of a JSON document by the whole text", () => {
    expect(isJsonDocument('{\n  "errors": [\n    "Port 18789 is already in use.",')).toBe(true);
    expect(isJsonDocument('[{"State":"restarting"}]')).toBe(true);
    expect(isJsonDocument("[gateway] listening")).toBe(false);
    expect(isJsonDocument("[2026-11-20T10:00:00Z] started")).toBe(false);
    expect(isJsonDocument("export const list = [")).toBe(false);
  });

  it.each(["=".repeat(200_000), '= "'.repeat(60_000), "'".repeat(200_000), "export ".repeat(30_000), "/".repeat(200_000)])(
    "costs little on a hostile line",
    (line) => {
      const began = performance.now();
      isSourceLine(line);
      expect(performance.now() - began).toBeLessThan(200);
    },
  );
});
