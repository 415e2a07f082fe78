import { connect } from "node:net";
import type { Clock } from "../../core/ports/clock.ts";
import type { TcpConnect } from "../../core/ports/machine.ts";

const kinds: Readonly<Record<string, "refused" | "timed-out" | "dns-failed">> = {
  ECONNREFUSED: "refused",
  ECONNRESET: "refused",
  ETIMEDOUT: "timed-out",
  ENOTFOUND: "dns-failed",
  EAI_AGAIN: "dns-failed",
};

/** Opens a connection and closes it at once, without sending anything. The limit is counted by the clock. */
export function tcpConnect(clock: Clock, host: string, port: number, timeoutMs: number): Promise<TcpConnect> {
  const began = clock.monotonicMs();
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const settled = new AbortController();
    const end = (outcome: TcpConnect) => {
      settled.abort("over");
      socket.destroy();
      resolve(outcome);
    };
    const expire = () => end({ kind: "timed-out", reason: `No answer within ${timeoutMs} ms.` });
    void clock.sleep(timeoutMs, settled.signal).then(expire);
    socket.once("connect", () => end({ kind: "open", durationMs: Math.round(clock.monotonicMs() - began) }));
    // Stays attached after the end: a late error of a destroyed socket must not become an uncaught one.
    socket.on("error", (error) => {
      const code = codeOf(error);
      end({ kind: kinds[code] ?? "unreachable", reason: code });
    });
  });
}

/** A name with several addresses fails with one error for each; the first one stands for all. */
function codeOf(error: Error): string {
  const inner = error instanceof AggregateError ? error.errors.find((each) => each instanceof Error) : undefined;
  const first: unknown = inner ?? error;
  return first instanceof Error && "code" in first && typeof first.code === "string" ? first.code : "unknown";
}
