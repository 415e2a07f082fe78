import { useLayoutEffect } from "preact/hooks";
import { beforeEach, describe, expect, it } from "vitest";
import { draw, settle } from "../../tests/support/draw.tsx";
import { crowded } from "../../tests/support/snapshots.ts";
import { Shell } from "../screens/shell.tsx";
import { useFront } from "./front.ts";
import { wireKeys } from "./keys.ts";
import { toHash, type View } from "./view.ts";

let went: View[] = [];
let stop: () => void = () => undefined;

function Keyboard() {
  const front = useFront();
  useLayoutEffect(() => {
    stop = wireKeys(document, front, (view) => went.push(view));
  }, [front]);
  return null;
}

beforeEach(() => {
  stop();
  went = [];
});

const start = () =>
  draw(
    <>
      <Shell />
      <Keyboard />
    </>,
    { snapshot: crowded },
  );
const focused = (): string | undefined => (document.activeElement as HTMLElement | null)?.dataset["row"];
async function type(key: string, over: KeyboardEventInit = {}): Promise<boolean> {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...over });
  (document.activeElement ?? document.body).dispatchEvent(event);
  await settle();
  return event.defaultPrevented;
}

describe("the keyboard", () => {
  it("walks the rows and stays at the ends", async () => {
    await start();
    const first = focused();
    await type("ArrowUp");
    expect(focused()).toBe(first);
    await type("ArrowDown");
    await type("ArrowDown");
    expect(focused()).toBe("#/finding/machine/machine.memory.killed");
    await type("End");
    expect(focused()).toBe("#/stack/machine");
    await type("Home");
    expect(focused()).toBe(first);
  });

  it("opens a row with the right arrow as a press would", async () => {
    const { find } = await start();
    let pressed = 0;
    find("[data-row]").addEventListener("click", (event) => {
      event.preventDefault();
      pressed += 1;
    });
    await type("ArrowRight");
    expect(pressed).toBe(1);
  });

  it("goes back, refreshes, copies, and opens the explain box", async () => {
    const { backs, core, copied } = await start();
    await type("Escape");
    await type("ArrowLeft");
    expect(backs()).toBe(2);
    await type("r");
    await type("r", { metaKey: true });
    expect(core.asked.filter((call) => call.startsWith("probeNow"))).toHaveLength(2);
    await type("C", { ctrlKey: true, shiftKey: true });
    expect(copied).toEqual(["report of everything"]);
    await type("/");
    expect(went.map(toHash)).toEqual(["#/explain"]);
  });

  it("keeps the browser from doing the same key's own thing, and only then", async () => {
    await start();
    expect(await type("r", { ctrlKey: true })).toBe(true);
    expect(await type("x")).toBe(false);
    expect(await type("Tab")).toBe(false);
  });

  it("leaves a field and an open dialog alone", async () => {
    const { send, core } = await start();
    await send({ type: "went", view: { screen: "explain" } });
    expect(document.activeElement?.tagName).toBe("TEXTAREA");
    await type("r");
    await type("/");
    expect(core.asked.filter((call) => call.startsWith("probeNow"))).toEqual([]);
    expect(went).toEqual([]);
    const dialog = document.createElement("dialog");
    dialog.setAttribute("open", "");
    document.body.append(dialog);
    expect(await type("Escape")).toBe(false);
    dialog.remove();
  });

  it("does not swallow the arrows where there are no rows to walk", async () => {
    const { send } = await start();
    await send({ type: "went", view: { screen: "stack", stack: "sanctum" } });
    expect(await type("ArrowDown")).toBe(false);
  });
});
