import { describe, expect, it } from "vitest";
import { createStore } from "./store.ts";

const counter = () => createStore((state: number, by: number) => state + by, 0);

describe("the store", () => {
  it("tells listeners about changes, and only about changes", () => {
    const store = counter();
    const seen: number[] = [];
    const stop = store.subscribe(() => seen.push(store.state()));
    store.send(2);
    store.send(0);
    store.send(3);
    stop();
    store.send(1);
    expect(seen).toEqual([2, 5]);
    expect(store.state()).toBe(6);
  });

  it("has the new state in place before anybody hears of it", () => {
    const store = counter();
    let seen = -1;
    store.subscribe(() => {
      seen = store.state();
    });
    store.send(4);
    expect(seen).toBe(4);
  });
});
