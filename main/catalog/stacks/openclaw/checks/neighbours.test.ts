import { describe, expect, it } from "vitest";
import { gist, verdictOn } from "../../../../../tests/support/openclaw-faults-bound.ts";
import { type Draft, withFile } from "../../../../../tests/support/openclaw-faults-world.ts";

const json = (body: unknown) => ({
  kind: "answered" as const,
  status: 200,
  headers: {},
  body: JSON.stringify(body),
  truncated: false,
  durationMs: 1,
});

/** Somebody else answers on a port: as a gateway, or as something else. */
function answering(draft: Draft, port: number, live: unknown = { ok: true, status: "live" }): void {
  const { world } = draft;
  const base = `GET http://127.0.0.1:${port}`;
  world.http = { ...world.http, [`${base}/healthz`]: json(live), [`${base}/startupz`]: json({ status: "started", uptimeMs: 5_000 }) };
  world.listeners = [...world.listeners, { address: "127.0.0.1", port, pid: 77 }];
}

const process = (pid: number, command: string) => ({ pid, ppid: 1, user: "ada", name: "node", command, state: "sleeping" as const });

const neighbours = (apply: (draft: Draft) => void) => verdictOn(apply, (checks) => checks.neighbours).then(gist);

describe("other gateways on this machine", () => {
  it("are nowhere on a healthy one", async () => {
    expect(await neighbours(() => {})).toEqual(["green"]);
  });

  it("are found at the usual ports, and at the port of a command line", async () => {
    expect((await neighbours((draft) => answering(draft, 19_001)))[0]).toBe("amber");
    const stray = await neighbours((draft) => {
      answering(draft, 22_000);
      draft.world.processes = [...draft.world.processes, process(77, "node /opt/openclaw/openclaw.mjs gateway run --port 22000")];
    });
    expect(stray[0]).toBe("amber");
    expect((await neighbours((draft) => answering(draft, 22_000)))[0]).toBe("green");
  });

  it("are a note when they keep a profile of their own", async () => {
    const own = await verdictOn(
      (draft) => {
        answering(draft, 31_337);
        const lock = { pid: 77, port: 31_337, createdAt: new Date(draft.moment.startedMs).toISOString() };
        withFile(draft, `${draft.home}/.openclaw-work/tmp/openclaw-501/gateway.state.lock`, { text: JSON.stringify(lock) });
        draft.world.processes = [...draft.world.processes, process(77, "openclaw-gateway")];
      },
      (checks) => checks.neighbours,
    );
    expect(own.findings?.[0]).toMatchObject({ light: "green" });
    expect(own.findings?.[0]?.evidence[1]?.text).toBe("A gateway answers on port 31337 too, process 77, profile work");
  });

  it("are not mistaken for other programs that answer, nor spoken of while ours is down", async () => {
    expect(await neighbours((draft) => answering(draft, 19_001, "<html>"))).toEqual(["green"]);
    const down = await neighbours((draft) => {
      answering(draft, 19_001);
      draft.world.http = Object.fromEntries(Object.entries(draft.world.http).filter(([key]) => !key.includes(":18789/")));
      draft.world.listeners = draft.world.listeners.filter((one) => one.port !== draft.port);
    });
    expect(down).toEqual(["green"]);
  });
});
