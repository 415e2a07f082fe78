import { describe, expect, it } from "vitest";
import { draw } from "../../tests/support/draw.tsx";
import { crowded, red } from "../../tests/support/snapshots.ts";
import { placeAll } from "../state/cards.ts";
import type { Placed } from "../state/state.ts";
import { IncidentCard } from "./incident-card.tsx";

const placed = (snapshot: typeof red, code: string): Placed => {
  const found = Object.values(placeAll(snapshot)).find((one) => one.finding.code === code);
  if (found === undefined) throw new Error(code);
  return found;
};
const mismatch = placed(red, "openclaw.auth.token-mismatch");

describe("an incident card", () => {
  it("shows cause, newest proof with its age, and folds its followers by name", async () => {
    const { text, texts } = await draw(<IncidentCard placed={mismatch} open isHeadlined={false} cutOff={false} />, { snapshot: red });
    expect(text(".card-title")).toBe("OpenClaw rejects the shared token");
    expect(text(".cause")).toBe("The gateway runs with another token than the one this account's configuration holds.");
    expect(text(".proof")).toMatch(/AUTH_TOKEN_MISMATCH.*WebSocket connect, 8 s ago/);
    expect(text("summary")).toBe("4 more follow from this");
    expect(texts(".fold li")).toContain("3 channels cannot report");
  });

  it("does not repeat the headline for the eye, and still names itself for the ear", async () => {
    const { all, text, find } = await draw(<IncidentCard placed={mismatch} open isHeadlined cutOff={false} />, { snapshot: red });
    expect(all(".card-title")).toEqual([]);
    expect(text(".card-link")).toBe("Details: OpenClaw rejects the shared token");
    expect(find("a").getAttribute("href")).toBe("#/finding/openclaw/openclaw.auth.token-mismatch");
  });

  it("is one line when it is not the first", async () => {
    const one = placed(crowded, "machine.memory.killed");
    const { all, text } = await draw(<IncidentCard placed={one} open={false} isHeadlined={false} cutOff={false} />, { snapshot: crowded });
    expect(all(".cause, .proof, .fold")).toEqual([]);
    expect(text()).toBe("Attention: Memory is tightThis machine, being confirmed");
  });

  it("is hatched and says so when its finding is gone", async () => {
    const { find, text } = await draw(
      <IncidentCard placed={{ ...mismatch, gone: true }} open={false} isHeadlined={false} cutOff={false} />,
    );
    expect(find("article").className).toContain("stale");
    expect(text(".card-place")).toBe("OpenClaw, no longer seen");
  });

  it("is hatched while nobody answers", async () => {
    const { find } = await draw(<IncidentCard placed={mismatch} open isHeadlined={false} cutOff />);
    expect(find("article").className).toContain("stale");
  });
});
