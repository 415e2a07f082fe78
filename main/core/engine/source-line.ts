const MAX_LOOKED_AT = 1_000;

/** A row of a Markdown table: a document talks about the error. */
const tableRow = /^\|.*\|$/;

/** Shapes of program text. An error that is only mentioned there did not happen. Each is bounded, so that a line costs linear time. */
const shapes: readonly RegExp[] = [
  /^(?:\/\/|\/\*|\*\/|<!--|#(?:include|define)\b|#!)/,
  /^(?:import|export)\s.{0,200}(?:\bfrom\s|[{;=(])/,
  /^(?:const|let|var)\s+[\w${[]/,
  /^(?:async\s+)?function\b|^(?:abstract\s+)?class\s+\w+.{0,80}\{|^interface\s+\w+|^type\s+\w+\s*=/,
  /^(?:\}\s*)?(?:else\s+)?(?:if|for|while|switch|catch|elif)\s*\(/,
  /^(?:return|throw|await|yield)\s.{0,400}[;({]\s*$/,
  /^return\s+[\w.:]{1,80}!?\(.{0,400}["'`].{0,400}\)$/,
  /^return\s*[{[("'`]|^(?:if|elif|for|while|with)\s.{1,200}:\s*$/,
  /^case\s+["'`\d]|^default:\s*$/,
  /^(?:expect|it|test|describe|assert\w*|console|logger|log|print|printf|println!?|panic!?|fmt|errors?)(?:\.\w+)?\(/,
  /=>\s*(?:[{("'`]|$|[\w.:]{1,60}!?\(["'`])/,
  /^(?:el)?if\s.{1,400};\s*then\b|^(?:echo|printf)\s+(?:-\w+\s+)?["'$]/,
  // What a test wanted, and the subject of a commit, speak of an error without having it.
  /^(?:Expected|Received)(?: \w{1,20})?:\s/,
  /^(?:build|chore|ci|docs|feat|fix|perf|refactor|revert|style|test)(?:\([\w ./-]{1,60}\))?!?: /,
  /^def\s+\w+\(|^except\b.{0,80}:\s*$|^raise\s+\w+\(/,
  /\.(?:test|includes|match|startsWith|endsWith|indexOf|replace|search|contains)\(/,
  /^\/.{1,400}\/[gimsuy]{0,6},?$/,
  /^"(?:[^"\\]|\\.){1,900}"\s{0,8}[,)\]]{1,3};?$|^(['`]).{1,400}\1\s{0,8}[,)\]]{0,3};?$/,
  /[,([]\s?\/.{0,60}\\[bdswBDSW.(].{0,60}\/[gimsuy]{0,4}[,)\]]/,
  /^\w+\??:\s*(?:["'`].{0,400}["'`]|\/.{1,400}\/[a-z]{0,4}),$/,
  /^\[\s{0,8}["'`].{0,900}\],?$/,
  /^\w+:\s{0,8}[[{(].{0,900}[\]})],$|^[?:]\s{1,4}[[{(].{0,900}[\]})],?$|^\{\s?\w+: .{0,900}\},$/,
  /^[A-Za-z_]\w{2,60} = -?\d+,?$|^(?:export )?[A-Z][A-Z0-9_]{2,60}=(?:\d{0,9}|true|false|yes|no|on|off)$/,
  /^[\w.]{1,80}\(.{0,900}["'`].{0,900}\)[,;]$/,
  /\s=\s["'`]/,
  /;\s*(?:\/\/.{0,200})?$/,
];

/** Whether a text is a JSON document, in which a quoted sentence on a line of its own is an ordinary value. */
export const isJsonDocument = (text: string): boolean => /^\s*[[{]\s*(?:["{}[\]]|$)/.test(text.slice(0, 2_000));

/** Whether a line reads as source code or documentation rather than as something a program said. */
export function isSourceLine(line: string): boolean {
  // The body of a block comment is indented; a star or a hash in the first column is how some tools start their messages.
  if (/^\s+[*#]\s/.test(line)) return true;
  const text = line
    .slice(0, MAX_LOOKED_AT)
    .trim()
    .replace(/^[+-]\s{0,20}(?=\S)/, "");
  return tableRow.test(text) || shapes.some((shape) => shape.test(text));
}
