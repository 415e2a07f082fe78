import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

/** Texts on the overview that a new snapshot can make longer. */
const GROWING = ".fact, .cause, .seen, .card-title";

/** While `held`, every text keeps the height it had: words may change under the pointer, places may not. */
export function useStill(box: RefObject<HTMLElement | null>, held: boolean): void {
  useLayoutEffect(() => {
    if (!held) return;
    const texts = [...(box.current?.querySelectorAll<HTMLElement>(GROWING) ?? [])];
    const heights = texts.map((text) => text.getBoundingClientRect().height);
    for (const [index, text] of texts.entries()) text.style.height = `${heights[index]}px`;
    return () => {
      for (const text of texts) text.style.height = "";
    };
  }, [box, held]);
}
