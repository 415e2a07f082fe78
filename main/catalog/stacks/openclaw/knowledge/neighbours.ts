import type { Raised } from "../../../../core/model/finding.ts";

/** Another gateway that answers on this machine. `profile`: it keeps a state folder of its own under that name. */
export type Neighbour = {
  readonly port: number;
  readonly version?: string;
  /** Milliseconds since its start, as it says itself. */
  readonly uptimeMs?: number;
  readonly pid?: number;
  readonly profile?: string;
};

/** Ours, to tell it from a second way to the same one. */
export type Own = { readonly port: number; readonly answers: boolean; readonly uptimeMs?: number; readonly where: string };

/** Two answers about one run of a gateway, taken at nearly the same time, tell nearly the same age. */
const sameRunMs = 2_000;

const isSame = (one: Neighbour, own: Own): boolean =>
  one.uptimeMs !== undefined && own.uptimeMs !== undefined && Math.abs(one.uptimeMs - own.uptimeMs) < sameRunMs;

/**
 * More than one gateway answers. Separate profiles are kept apart on purpose, so that they are only a note; anything else may
 * take commands that were meant for ours. A tunnel and a direct address that lead to one gateway are one.
 */
export function judgeNeighbours(found: readonly Neighbour[], own: Own): readonly Raised[] {
  const others = own.answers ? found.filter((one) => !isSame(one, own)) : [];
  if (others.length === 0) return [];
  const say = ({ port, profile, pid, version }: Neighbour): string =>
    [
      `A gateway answers on port ${port} too`,
      ...(version === undefined ? [] : [`release ${version}`]),
      ...(pid === undefined ? [] : [`process ${pid}`]),
      ...(profile === undefined ? [] : [`profile ${profile}`]),
    ].join(", ");
  return [
    {
      code: "openclaw.gateway.multiple-reachable",
      light: others.every((one) => one.profile !== undefined) ? "green" : "amber",
      params: { count: others.length + 1 },
      evidence: [
        { source: "ports", text: `Ours: ${own.where}` },
        ...others.slice(0, 6).map((one) => ({ source: "ports", text: say(one) })),
      ],
    },
  ];
}
