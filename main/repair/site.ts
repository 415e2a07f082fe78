import type { Check } from "../core/model/check.ts";
import type { Finding, FindingKind } from "../core/model/finding.ts";
import type { Light } from "../core/model/light.ts";
import type { Intent } from "../core/model/receipt.ts";
import type { Facts, Remedy } from "../core/model/stack.ts";
import type { RepairTarget } from "../core/model/target.ts";

/** A remedy of a present finding with the values the finding was raised with. */
export type FoundRemedy = { readonly remedy: Remedy; readonly params: Readonly<Record<string, string | number>> };

/** What one look brought. `report` is the whole text of a slow check. */
export type Looked = { readonly light: Light; readonly summary: string; readonly report?: string };

/** A watched stack, as far as repairs need it. */
export interface Site {
  readonly id: string;
  readonly title: string;
  /** Light and sentence as known now. */
  readonly present: { readonly light: Light; readonly sentence: string; readonly findings: readonly Finding[] };
  readonly kinds: readonly FindingKind[];
  readonly checks: readonly Check[];
  readonly targets: readonly RepairTarget[];
  readonly facts: Facts;
  /** What a person wants of it, when somebody said. */
  readonly intent: Intent | undefined;
  /** Whether the newest look brought the finding; one that is only held until it is surely gone was not brought. */
  sees(code: string): boolean;
  /** When a check answered last, epoch milliseconds. */
  answeredAt(check: string): number | undefined;
  /** Ids of the checks that raised the finding themselves. */
  raisedBy(code: string): readonly string[];
  remedyFor(code: string, remedy: string): FoundRemedy | undefined;
  /** Light of a check as known now; grey when there is none of that id. */
  lampOf(check: string): Light;
  /** False when a check has said that what it looks at is not there, so that it can prove nothing. */
  applies(check: string): boolean;
  /** Runs one check now, of either lane; undefined when there is none of that id. */
  lookAt(check: string): Promise<Looked | undefined>;
  /** Finds the stack anew and runs every polled check; afterwards `present` is about now. */
  lookAgain(): Promise<void>;
  /** What a person wants of it; undefined when nobody said. */
  intend(intent: Intent | undefined): void;
}

/** What is shown of a stack at one moment, for comparing before with after. */
export const seenAt = ({ present: { light, sentence, findings } }: Pick<Site, "present">, at: number) => ({
  light,
  sentence,
  at,
  findings: findings.map((one) => ({ code: one.code, light: one.light })),
});
