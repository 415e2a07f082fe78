import { describe, expect, it } from "vitest";
import { emptyWorld } from "../../../tests/support/empty-world.ts";
import type { World } from "../../core/model/world.ts";
import { fakeForeignSecrets, fakeSecretStore } from "./fake.ts";
import { secretStoreSuite } from "./suite.ts";

secretStoreSuite("fakeSecretStore", async () => {
  let world: World = emptyWorld;
  return {
    store: fakeSecretStore(() => world),
    lock: () => {
      world = { ...world, secretStore: "locked" };
    },
    stop: () => {},
  };
});

describe("fakeForeignSecrets", () => {
  const ref = { service: "stack", account: "token" };
  const reading = (world: Partial<World>) => fakeForeignSecrets(() => ({ ...emptyWorld, ...world })).read(ref);

  it("finds what the world keeps under service and account", async () => {
    expect(await reading({ secrets: { "stack/token": "t" } })).toEqual({ kind: "found", value: "t" });
    expect(await reading({ secrets: { "stack/other": "t" } })).toMatchObject({ kind: "missing" });
  });

  it("tells locked and unavailable keyrings from missing items", async () => {
    expect(await reading({ secrets: { "stack/token": "t" }, secretStore: "locked" })).toMatchObject({ kind: "locked" });
    expect(await reading({ secretStore: "unavailable" })).toMatchObject({ kind: "unavailable" });
  });
});
