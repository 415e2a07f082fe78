import { lampPaths } from "../lib/lamp-paths.ts";
import { type LampShape, lampWords } from "../lib/words.ts";

/** A lamp by its silhouette; `size` in pixels. With `silent` the words beside it already say what it shows. */
export function Lamp({
  shape,
  size = 18,
  silent = false,
}: {
  readonly shape: LampShape;
  readonly size?: number;
  readonly silent?: boolean;
}) {
  const { fill, ring, dash, glyph } = lampPaths[shape];
  return (
    <>
      <svg class={`lamp lamp-${shape}`} width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
        {fill !== undefined && <path class="lamp-fill" d={fill} />}
        {ring !== undefined && <path class="lamp-line" d={ring} stroke-dasharray={dash} />}
        {glyph !== undefined && <path class="lamp-line lamp-glyph" d={glyph} />}
      </svg>
      {!silent && <span class="unseen">{lampWords[shape]}: </span>}
    </>
  );
}
