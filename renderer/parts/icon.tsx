const paths = {
  back: "M12.5 4.5 7 10l5.5 5.5",
  onward: "M7.5 4.5 13 10l-5.5 5.5",
  refresh: "M15.8 8.2A6.2 6.2 0 1 0 16.2 11M16.2 4.4v4h-4",
  copy: "M7.5 7.5v-3h8v8h-3M4.5 7.5h8v8h-8z",
  paste: "M7 4.5H4.5v12h11v-12H13M7.5 3.2h5v2.6h-5zM7.5 9.5h5M7.5 12.5h3.5",
  tick: "M4.5 10.5l3.8 3.8 7.2-8.6",
  stop: "M6 6h8v8H6z",
  play: "M7 5l7.5 5L7 15z",
} as const;
export type IconName = keyof typeof paths;

/** A small line drawing beside words; never the only thing that carries a meaning. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" width="16" height="16" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
