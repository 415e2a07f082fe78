const paths = {
  back: "M12.5 4.5 7 10l5.5 5.5",
  onward: "M7.5 4.5 13 10l-5.5 5.5",
  refresh: "M15.8 8.2A6.2 6.2 0 1 0 16.2 11M16.2 4.4v4h-4",
  copy: "M7 6.5V5A1.5 1.5 0 0 1 8.5 3.5h6.5A1.5 1.5 0 0 1 16.5 5v6.5A1.5 1.5 0 0 1 15 13h-1.5M5 6.5h7A1.5 1.5 0 0 1 13.5 8v7a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 15V8A1.5 1.5 0 0 1 5 6.5z",
  not: "M5.5 5.5l9 9M14.5 5.5l-9 9",
  stop: "M6 6h8v8H6z",
  past: "M4.2 7.2A6.5 6.5 0 1 1 3.5 10M3.8 3.6v3.8h3.8M10 6.5V10l2.5 1.8",
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
