import type { Finding } from "../../core/model/finding.ts";
import type { Light } from "../../core/model/light.ts";
import type { Plan } from "../../core/model/plan.ts";
import type { RepairRun } from "../../core/model/receipt.ts";
import type { Snapshot, StackState } from "../../core/model/snapshot.ts";

/** What a menu row asks for; the host does it. */
export type TrayAction =
  | { readonly do: "open" /** Address inside the page; the overview without. */; readonly place?: string }
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

/** What the menu says about repairs: the plan of the top incident, and the repair under way. */
export type TrayRepairs = {
  readonly plan?: { readonly stack: string; readonly plan: Plan } | undefined;
  readonly running?: RepairRun | undefined;
};

export type TrayChoices = {
  readonly demos: readonly { readonly id: string; readonly title: string }[];
  /** Undefined where starting at login cannot be arranged. */
  readonly login?: boolean;
  /** Undefined where there is no text beside the icon. */
  readonly title?: boolean;
  readonly repairs?: TrayRepairs;
};

const marks: Record<Light, string> = { green: "●", amber: "▲", red: "■", grey: "?" };
const mostIncidents = 5;

export type TopIncident = { readonly stack: string; readonly finding: Finding };

const urgency: Readonly<Record<Light, number>> = { red: 0, amber: 1, grey: 2, green: 3 };

/** Root causes that are red or amber, the worst first, otherwise in the core's own order. */
export const incidentsOf = (snapshot: Snapshot | undefined): readonly TopIncident[] =>
  (snapshot?.stacks ?? [])
    .filter((stack) => stack.installed)
    .flatMap((stack) => stack.findings.map((finding) => ({ stack: stack.id, finding })))
    .filter(({ finding }) => finding.root && (finding.light === "red" || finding.light === "amber"))
    .toSorted((a, b) => urgency[a.finding.light] - urgency[b.finding.light]);

/** An address inside the page. */
const placeOf = (...parts: readonly string[]): string => `#/${parts.map(encodeURIComponent).join("/")}`;

/** "Repairing: step 2 of 5", or that it waits for a person. */
function runningRow(run: RepairRun): TrayRow {
  const step =
    run.steps.find(({ state }) => state === "running" || state === "asking") ?? run.steps.find(({ state }) => state === "waiting");
  const where = step === undefined || run.state === "verifying" ? "checking the result" : `step ${step.index + 1} of ${run.steps.length}`;
  const label = run.state === "asking" ? `A repair needs you: ${where}…` : `Repairing: ${where}`;
  return { kind: "action", label, action: { do: "open", place: placeOf("repair", run.id) } };
}

/** The top incident with its plan: what it would do, why not yet, and the way to it. Nothing is begun from a menu. */
function incidentRow({ stack, finding }: TopIncident, { plan: found }: TrayRepairs): TrayRow {
  const label = `${marks[finding.light]}  ${finding.title}…`;
  const details = { kind: "action", label: "Details…", action: { do: "open", place: placeOf("finding", stack, finding.code) } } as const;
  if (found === undefined || found.stack !== stack || found.plan.code !== finding.code)
    return { kind: "action", label, action: details.action };
  const { plan } = found;
  const rows: TrayRow[] = [
    { kind: "text", label: plan.title },
    ...(plan.gate?.kind === "closed" ? [{ kind: "text" as const, label: plan.gate.sentence }] : []),
    { kind: "action", label: "Repair…", action: { do: "open", place: placeOf("plan", stack, plan.code, plan.remedy) } },
    details,
  ];
  return { kind: "group", label, rows };
}

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
  const repairs = choices.repairs ?? {};
  const incidents = incidentsOf(snapshot).slice(0, mostIncidents);
  const separator: TrayRow = { kind: "separator" };
  return [
    { kind: "text", label: `${marks[snapshot?.light ?? "grey"]}  ${snapshot?.sentence ?? "Looking at your stacks…"}` },
    ...(repairs.running === undefined ? [] : [runningRow(repairs.running)]),
    ...incidents.map((incident, index) => incidentRow(incident, index === 0 ? repairs : {})),
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
