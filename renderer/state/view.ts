export const operations = ["start", "stop", "restart"] as const;
/** What a person can want of a whole stack. */
export type Operation = (typeof operations)[number];

/** What the page shows. Every view is an address, so that rows are plain links and the browser's own back works. */
export type View =
  | { readonly screen: "overview" }
  | { readonly screen: "finding"; readonly stack: string; readonly code: string }
  | { readonly screen: "stack"; readonly stack: string }
  | { readonly screen: "plan"; readonly stack: string; readonly code: string; readonly remedy: string }
  | { readonly screen: "operate"; readonly stack: string; readonly action: Operation }
  | { readonly screen: "repair"; readonly id: string }
  | { readonly screen: "repairs" }
  | { readonly screen: "explain" }
  | { readonly screen: "demos" };

/** A view that shows a plan: of a remedy, or of what a person wants. */
export type PlanView = Extract<View, { screen: "plan" | "operate" }>;

export const overview: View = { screen: "overview" };

function partsOf(view: View): readonly string[] {
  switch (view.screen) {
    case "overview":
      return [];
    case "finding":
      return [view.screen, view.stack, view.code];
    case "stack":
      return [view.screen, view.stack];
    case "plan":
      return [view.screen, view.stack, view.code, view.remedy];
    case "operate":
      return [view.screen, view.stack, view.action];
    case "repair":
      return [view.screen, view.id];
    default:
      return [view.screen];
  }
}

/** The address of a view inside the page, such as `#/stack/machine`. */
export const toHash = (view: View): string => `#/${partsOf(view).map(encodeURIComponent).join("/")}`;

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The view of an address; anything unreadable is the overview. */
export function fromHash(hash: string): View {
  const [screen, stack, code, remedy] = hash.replace(/^#\/?/, "").split("/").map(decode);
  if (screen === "explain" || screen === "demos" || screen === "repairs") return { screen };
  if (screen === "repair" && stack) return { screen, id: stack };
  const action = operations.find((one) => one === code);
  if (screen === "operate" && stack && action) return { screen, stack, action };
  if (screen === "stack" && stack) return { screen, stack };
  if (screen === "finding" && stack && code) return { screen, stack, code };
  if (screen === "plan" && stack && code && remedy) return { screen, stack, code, remedy };
  return overview;
}

/** The way walked so far after going to a view: one step back when it is where we came from, one step on otherwise. */
export function walk(path: readonly View[], to: View): readonly View[] {
  const hash = toHash(to);
  const last = path.at(-1);
  if (last !== undefined && toHash(last) === hash) return path;
  const before = path.at(-2);
  return before !== undefined && toHash(before) === hash ? path.slice(0, -1) : [...path, to];
}

/** The view shown by a path. */
export const viewOf = (path: readonly View[]): View => path.at(-1) ?? overview;
