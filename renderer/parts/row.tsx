import type { ComponentChildren } from "preact";
import { useFront, useSelected } from "../state/front.ts";
import { toHash, type View, viewOf } from "../state/view.ts";

/** Takes part in the arrow keys: only one row of a view is in the tab order, the one last used. */
export function useRow(id: string) {
  const { store } = useFront();
  const hash = useSelected((state) => toHash(viewOf(state.path)));
  const isActive = useSelected((state) => state.rows[hash] === id);
  return {
    "data-row": id,
    tabIndex: isActive ? 0 : -1,
    onFocus: () => store.send({ type: "row", hash, row: id }),
  } as const;
}

/** A line that leads somewhere. A plain link, so that every way of following a link works. */
export function RowLink({
  to,
  class: name,
  children,
}: {
  readonly to: View;
  readonly class: string;
  readonly children: ComponentChildren;
}) {
  const row = useRow(toHash(to));
  return (
    <a href={toHash(to)} class={name} {...row}>
      {children}
    </a>
  );
}
