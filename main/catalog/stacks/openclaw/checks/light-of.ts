import type { Raised } from "../../../../core/model/finding.ts";
import { type Light, worst } from "../../../../core/model/light.ts";
import { findings } from "../findings/index.ts";

const lights = new Map(findings.map((kind) => [kind.code, kind.light]));

/** The light a raised finding will have: its own, or that of its kind. */
export const lightOf = (raised: Raised): Light => raised.light ?? lights.get(raised.code) ?? "amber";

/** Light of a lamp that shows these findings; green when there are none. */
export const worstOf = (raised: readonly Raised[]): Light => (raised.length === 0 ? "green" : worst(raised.map(lightOf)));
