import { describe, expect, it } from "vitest";
import { gist, verdictOn } from "../../../../../tests/support/openclaw-faults-bound.ts";
import { type Draft, part, withFile } from "../../../../../tests/support/openclaw-faults-world.ts";

const browser = (settings: Readonly<Record<string, unknown>>, more: (draft: Draft) => void = () => {}) =>
  verdictOn(
    (draft) => {
      Object.assign(part(draft.config, "browser"), settings);
      more(draft);
    },
    (checks) => checks.browser,
  ).then(gist);

const listening = (draft: Draft): void => {
  draft.world.listeners = [...draft.world.listeners, { address: "127.0.0.1", port: 9222 }];
};

describe("the browser that tools drive", () => {
  it("is not looked for while the settings name none", async () => {
    expect(await browser({ enabled: true })).toEqual(["not there"]);
    expect(await browser({ enabled: false, executablePath: "/opt/chrome" })).toEqual(["not there"]);
  });

  it("must be where the settings say", async () => {
    expect(await browser({ executablePath: "/opt/chrome" })).toEqual([
      "amber",
      "browser.executablePath names /opt/chrome, and nothing is there",
    ]);
    expect(await browser({ executablePath: "/opt/chrome" }, (draft) => withFile(draft, "/opt/chrome", { text: "" }))).toEqual(["green"]);
  });

  it("must answer, where one that runs already is to be used", async () => {
    const attach = { attachOnly: true, cdpUrl: "http://127.0.0.1:9222" };
    expect((await browser(attach))[1]).toContain("Nothing listens at http://127.0.0.1:9222");
    expect(await browser(attach, listening)).toEqual(["green"]);
    const profile = { defaultProfile: "mine", profiles: { mine: attach } };
    expect((await browser(profile))[0]).toBe("amber");
  });

  it("is never knocked at on another machine, nor without being asked to attach", async () => {
    expect(await browser({ attachOnly: true, cdpUrl: "http://10.0.0.9:9222" })).toEqual(["not there"]);
    expect(await browser({ cdpUrl: "http://127.0.0.1:9222" })).toEqual(["not there"]);
  });

  it("must be installed, where a person's own one is used", async () => {
    const own = { defaultProfile: "user", profiles: { user: { driver: "existing-session" } } };
    expect((await browser(own))[1]).toContain("no Chrome, Chromium, Brave or Edge was found");
    const chrome = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
    expect(await browser(own, (draft) => withFile(draft, chrome, { text: "" }))).toEqual(["green"]);
  });
});
