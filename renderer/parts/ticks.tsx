import type { Light } from "../../main/core/model/light.ts";
import { type Past, sayTicks } from "../state/tick-words.ts";

const HEIGHT = 14;
const STEP = 4;
/** Trouble stands taller than calm, so that the bar reads without colour. */
const heights: Readonly<Record<Light, number>> = { green: 5, grey: 8, amber: 10, red: 14 };

/** History as a row of ticks, oldest left. Said as one sentence to those who do not see it. */
export function Ticks({ past }: { readonly past: Past }) {
  const { ticks } = past;
  const width = ticks.length * STEP - 1;
  return (
    <span class="ticks">
      <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true" focusable="false">
        {ticks.map((tick, index) =>
          tick === null ? (
            <rect key={index} class="tick tick-none" x={index * STEP + 0.5} y={HEIGHT - 2} width="2" height="2" />
          ) : (
            <rect
              key={index}
              class={`tick tick-${tick}`}
              x={index * STEP}
              y={HEIGHT - heights[tick]}
              width="3"
              height={heights[tick]}
              rx="0.5"
            />
          ),
        )}
      </svg>
      <span class="unseen"> {sayTicks(past)}</span>
    </span>
  );
}
