const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? "");

/** A key combination as it is written on this machine: "⌘⇧C" or "Ctrl Shift C". */
export const shortcut = (key: string, shift = false, apple = isApple): string =>
  apple ? `⌘${shift ? "⇧" : ""}${key === "Enter" ? "⏎" : key}` : `Ctrl ${shift ? "Shift " : ""}${key}`;
