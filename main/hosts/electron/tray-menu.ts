import type { Light } from "../../core/model/light.ts";
import type { Snapshot, StackState } from "../../core/model/snapshot.ts";

/** What a menu row asks for; the host does it. */
export type TrayAction =
  | { readonly do: "open" }
  | { readonly do: "check" }
  | { readonly do: "copy" }
  | { readonly do: "demo"; readonly scenario: string }
  | { readonly do: "login"; readonly on: boolean }
  | { readonly do: "title"; readonly on: boolean }
  | { readonly do: "quit" };

export type TrayRow =
  | { readonly kind: "separator" }
  | { readonly kind: "text"; readonly label: string }
  | { readonly kind: "action"; readonly label: string; readonly action: TrayAction; readonly checked?: boolean }
  | { readonly kind: "group"; readonly label: string; readonly rows: readonly TrayRow[] };

export type TrayChoices = {
  readonly demos: readonly { readonly id: string; readonly title: string }[];
  /** Undefined where starting at login cannot be arranged. */
  readonly login?: boolean;
  /** Undefined where there is no text beside the icon. */
  readonly title?: boolean;
};

const marks: Record<Light, string> = { green: "●", amber: "▲", red: "■", grey: "?" };
const mostIncidents = 5;

const stackRow = (stack: StackState): TrayRow => ({
  kind: "action",
  label: `${marks[stack.light]}  ${stack.title}: ${stack.sentence}`,
  action: { do: "open" },
});

/**
 * The whole triage as a menu, because on some Linux desktops a click on the icon never arrives:
 * the sentence, what is wrong, each stack, and what can be done.
 */
export function trayRows(snapshot: Snapshot | undefined, choices: TrayChoices): readonly TrayRow[] {
  const installed = snapshot?.stacks.filter((s) => s.installed) ?? [];
  const incidents = installed
    .flatMap((s) => s.findings.filter((f) => f.root && (f.light === "red" || f.light === "amber")))
    .slice(0, mostIncidents);
  const separator: TrayRow = { kind: "separator" };
  return [
    { kind: "text", label: `${marks[snapshot?.light ?? "grey"]}  ${snapshot?.sentence ?? "Looking at your stacks…"}` },
    ...incidents.map((f): TrayRow => ({ kind: "action", label: `${marks[f.light]}  ${f.title}…`, action: { do: "open" } })),
    separator,
    ...installed.map(stackRow),
    ...(installed.length > 0 ? [separator] : []),
    { kind: "action", label: "Open Lamplighter", action: { do: "open" } },
    { kind: "action", label: "Check now", action: { do: "check" } },
    { kind: "action", label: "Copy report", action: { do: "copy" } },
    ...(choices.demos.length > 0
      ? [
          {
            kind: "group" as const,
            label: "Show a demo",
            rows: choices.demos.map((d): TrayRow => ({ kind: "action", label: d.title, action: { do: "demo", scenario: d.id } })),
          },
        ]
      : []),
    separator,
    ...(choices.login === undefined
      ? []
      : [
          {
            kind: "action" as const,
            label: "Start at login",
            checked: choices.login,
            action: { do: "login" as const, on: !choices.login },
          },
        ]),
    ...(choices.title === undefined
      ? []
      : [
          {
            kind: "action" as const,
            label: "Coloured mark beside the icon",
            checked: choices.title,
            action: { do: "title" as const, on: !choices.title },
          },
        ]),
    { kind: "action", label: "Quit Lamplighter", action: { do: "quit" } },
  ];
}
