const longest = 160;

/**
 * One line that shows what was found, without the values of variables and options that may be secret, and without signs that
 * move a cursor. Where a value was left out, `…` stands.
 */
export function evidenceOf(line: string): string {
  const shown = line
    .replaceAll(/\p{Cc}+/gu, " ")
    .slice(0, 4000)
    .replaceAll(/(?<![\w-])([A-Za-z_]\w{0,60})=(?:"[^"]*"?|'[^']*'?|[^\s;|&"']+)/g, "$1=…")
    .replaceAll(/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@]{1,200}@/gi, "$1…@")
    .replaceAll(/([?&#][\w-]{1,40}=)[^\s&"'<>]+/g, "$1…")
    .replaceAll(
      /((?:^|\s)--?[\w-]{0,40}(?:token|secret|password|passwd|key|auth|credential|header)[=\s]\s*)(?:"[^"]*"?|'[^']*'?|\S+)/gi,
      "$1…",
    )
    .replaceAll(/(\s-[Hu]\s*)(?:"[^"]*"?|'[^']*'?|\S+)/g, "$1…")
    .replaceAll(/(\bBearer\s+)\S+/gi, "$1…")
    // Long words of letters and digits without any structure are keys more often than names.
    .replaceAll(/(?<![\w./-])(?=[\w+=-]*\d)(?=[\w+=-]*[A-Za-z])[\w+=-]{24,}(?![\w./])/g, "…")
    .replaceAll(/\b(?:sk|pk|rk|gh[pousr]|xox[a-z]|eyJ)[-_][\w-]{8,}/g, "…")
    .replaceAll(/\s+/g, " ")
    .trim();
  return shown.length > longest ? `${shown.slice(0, longest - 1)}…` : shown;
}
