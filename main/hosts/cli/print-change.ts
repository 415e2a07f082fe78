import type { Change } from "./changes.ts";
import type { Page } from "./page.ts";
import { clockWords } from "./time-words.ts";

/** One change as one line, for logs and pipes: time of day, lamp, what became of what. */
export function printChange(page: Page, change: Change, atMs: number): void {
  const { paint } = page;
  const lead = (lamp: string): string => `${paint.faint(clockWords(atMs))} ${lamp} `;
  switch (change.change) {
    case "light":
      page.line(0, lead(paint.lamp(change.light)), `${change.light} (was ${change.before}): ${change.sentence}`, paint.strong);
      break;
    case "stack":
      page.line(0, lead(paint.lamp(change.light)), `${change.stack}: ${change.sentence}`);
      break;
    case "installed":
      page.line(0, lead("+"), `${change.title} was found`);
      break;
    case "gone":
      page.line(0, lead("-"), `${change.title} is not here any more`);
      break;
    case "check":
      page.line(0, lead(paint.lamp(change.light)), `${change.stack}/${change.check}: ${change.light}, ${change.summary}`);
      break;
    default: {
      const verb = { "finding-opened": "new", "finding-confirmed": "confirmed", "finding-closed": "over" }[change.change];
      const lamp = change.change === "finding-closed" ? paint.lamp("green") : paint.lamp(change.light);
      page.line(0, lead(lamp), `${verb}: ${change.title} (${[...change.symptoms, change.code].join(" · ")})`);
      break;
    }
  }
}
