import { describe, expect, it } from "vitest";
import { moment, type Outside, onMac, running, startMs } from "../../../../../tests/support/openclaw-outside.ts";
import type { Check, Past } from "../../../../core/model/check.ts";
import type { Facts } from "../../../../core/model/stack.ts";
import { bindChecks, type GatewayChecks, listChecks } from "../checks/index.ts";
import { mac, unit } from "../demos/mac-unit.ts";
import { findPlace, type Place } from "../place/place.ts";
import { linkTo } from "../protocol/link.ts";
import { OpenClawSettings } from "../settings.ts";
import { judgePresence } from "./presence.ts";
import { readSituation, type Situation } from "./situation.ts";

const minute = 60_000;

type Looked = {
  readonly there: Outside;
  readonly checks: GatewayChecks;
  readonly place: Place;
  readonly past: Map<string, Past<unknown>[]>;
};

/** Every check of a healthy Mac, looked at once; the test then changes what is remembered. */
async function looked(): Promise<Looked> {
  const there = onMac();
  const settings = OpenClawSettings.parse({});
  const place = await findPlace(settings, there.context);
  if (place === null) throw new Error("not found");
  const checks = bindChecks({ place, link: linkTo(there.ports, place.target.url), bootGraceMs: 240_000 }, settings);
  const past = new Map<string, Past<unknown>[]>();
  for (const check of listChecks(checks).filter((one) => one.lane === "poll"))
    past.set(check.id, [{ at: startMs, seen: await running(there, check.observe(there.context)) }]);
  return { there, checks, place, past };
}

const situationOf = ({ checks, past, place }: Looked) => {
  const of = <Seen>(check: Check<Seen>) => (past.get(check.id) ?? []) as readonly Past<Seen>[];
  const facts: Facts = { nowMs: startMs, of: (check) => of(check).at(-1)?.seen, past: of };
  return readSituation(checks, facts, place, 240_000);
};

describe("a configuration that leaves something to other files", () => {
  const parsedMode = (now: ReturnType<typeof situationOf>) => (now.config?.kind === "parsed" ? now.config.parsed.gateway.mode : "none");

  it("is judged as a whole, not by the one file that is watched", async () => {
    const home = await looked();
    const [newest] = home.past.get("config") ?? [];
    const seen = newest?.seen as Extract<ReturnType<typeof situationOf>["config"], { kind: "parsed" }>;
    const { mode: _, ...gateway } = seen.parsed.gateway;
    const cut = { ...seen, parsed: { ...seen.parsed, gateway } };
    home.past.set("config", [{ at: startMs, seen: cut }]);
    expect(parsedMode(situationOf(home))).toBeUndefined();
    home.past.set("config", [{ at: startMs, seen: { ...cut, parsed: { ...cut.parsed, includes: true } } }]);
    expect(parsedMode(situationOf(home))).toBe("local");
  });
});

const startup = (version: string, uptimeMs: number) => ({
  kind: "answered",
  status: 200,
  headers: {},
  body: JSON.stringify({ ok: true, status: "started", version, uptimeMs }),
  truncated: false,
  durationMs: 1,
});

describe("what the checks know together", () => {
  it("of a healthy gateway is complete and without restarts", async () => {
    const now = situationOf(await looked());
    expect(now).toMatchObject({
      up: "yes",
      hungFor: 0,
      owner: { kind: "gateway" },
      accepted: true,
      restarts: { byManager: 0, byItself: 0 },
    });
    expect(now.runBeganMs).toBe(moment.startedMs);
    expect(now.installs?.service?.version).toBe("2026.9.6");
  });

  it("leaves out installed versions that were read before an update", async () => {
    const before = await looked();
    before.past.set("startup", [
      { at: startMs - minute, seen: startup("2026.9.6", 9 * minute) },
      { at: startMs, seen: startup("2026.9.7", 5_000) },
    ]);
    before.past.set(
      "installs",
      (before.past.get("installs") ?? []).map((one) => ({ ...one, at: startMs - 3 * minute })),
    );
    expect(situationOf(before).installs).toBeUndefined();
    // Looked at again since, they count.
    before.past.set(
      "installs",
      (before.past.get("installs") ?? []).map((one) => ({ ...one, at: startMs - 1_000 })),
    );
    expect(situationOf(before).installs).toBeDefined();
  });

  it("leaves them out as well when openclaw.json was written since", async () => {
    const before = await looked();
    before.past.set(
      "installs",
      (before.past.get("installs") ?? []).map((one) => ({ ...one, at: moment.startedMs - 2 * 86_400_000 })),
    );
    expect(situationOf(before).installs).toBeUndefined();
  });

  it("counts restarts by the unit's own count and by the age the gateway tells", async () => {
    const before = await looked();
    const reading = (runs: number) => ({ reading: unit({ runs }), linger: "not-applicable", atMs: startMs });
    before.past.set(
      "service",
      [2, 4, 5].map((runs, index) => ({ at: startMs - (2 - index) * minute, seen: reading(runs) })),
    );
    before.past.set(
      "startup",
      [50_000, 9_000, 4_000].map((age, index) => ({ at: startMs - (2 - index) * minute, seen: startup("2026.9.6", age) })),
    );
    expect(situationOf(before).restarts).toEqual({ byManager: 3, byItself: 2 });
    expect(situationOf(before).service?.state).toBe("up");
    expect(before.place.label).toBe(mac.label);
  });
});

describe("a gateway on our port that is not the one of this folder", () => {
  const holder: Situation["holder"] = {
    kind: "stranger",
    stray: true,
    mayEnd: true,
    process: { pid: 77, name: "node", startedMs: startMs - minute },
    reasons: ["It is a stray copy."],
  };
  const codesWith = async (session: Situation["session"], proof?: Situation["holder"]): Promise<readonly string[]> => {
    const { holder: _none, ...now } = situationOf(await looked());
    const there: Situation = {
      ...now,
      up: "yes",
      owner: { kind: "gateway" },
      process: { newborn: [], atMs: startMs },
      startup: { version: "2026.9.6", status: "started" },
      ...(session === undefined ? {} : { session }),
      ...(proof === undefined ? {} : { holder: proof }),
    };
    return judgePresence(there).map(({ code, params }) => `${code} ${params?.["pid"] ?? ""}`.trim());
  };

  it("is still known for it when it lets us wait after wrong log-ins, once its process is proved to be none of the unit's", async () => {
    const mute: Situation["session"] = { kind: "mute", before: "answer", credentialFrom: "gateway.auth.token" };
    expect(await codesWith(mute, holder)).toEqual(["openclaw.port.conflict 77"]);
    expect(await codesWith(mute)).not.toContain("openclaw.port.conflict");
  });
});
