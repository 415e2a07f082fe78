import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { electronDouble } from "../../../tests/support/electron-double.ts";
import { lockDown, mayOpenOutside } from "./lock-down.ts";
import { servePage } from "./page-protocol.ts";
import { PAGE_ORIGIN, PAGE_SCHEME, PAGE_URL } from "./surface.ts";

function locked() {
  const electron = electronDouble();
  lockDown(electron.surface);
  let openHandler: (details: { url: string }) => { action: string } = () => ({ action: "allow" });
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: typeof openHandler) => {
      openHandler = handler;
    },
  });
  electron.app.emit("web-contents-created", {}, contents);
  const prevented = (event: string, ...args: unknown[]): boolean => {
    let stopped = false;
    contents.emit(
      event,
      {
        preventDefault: () => {
          stopped = true;
        },
      },
      ...args,
    );
    return stopped;
  };
  return { electron, prevented, open: (url: string) => openHandler({ url }) };
}

describe("what a page may do", () => {
  it("stays on its own origin", () => {
    const { prevented } = locked();
    expect([
      prevented("will-navigate", "https://example.com/"),
      prevented("will-navigate", PAGE_URL),
      prevented("will-attach-webview"),
    ]).toEqual([true, false, true]);
  });

  it("opens no window; web addresses go to the user's browser", () => {
    const { open, electron } = locked();
    expect([
      open("https://docs.example/").action,
      open("file:///etc/passwd").action,
      open("http://127.0.0.1:4711/open?key=x").action,
    ]).toEqual(["deny", "deny", "deny"]);
    expect(electron.opened).toEqual(["https://docs.example/", "http://127.0.0.1:4711/open?key=x"]);
  });

  it.each(["javascript:alert(1)", "file:///etc/passwd", "http://192.168.1.1/", "smb://host/share", "not an address"])(
    "hands %s to nobody",
    (url) => {
      expect(mayOpenOutside(url)).toBe(false);
    },
  );

  it("gets no permission but writing to the clipboard", () => {
    const { electron } = locked();
    const answers = ["geolocation", "media", "notifications", "clipboard-read", "clipboard-sanitized-write"].map((permission) => {
      let granted: boolean | undefined;
      electron.permissions.request?.({}, permission, (yes) => {
        granted = yes;
      });
      return granted;
    });
    expect(answers).toEqual([false, false, false, false, true]);
  });
});

describe("the page's own scheme", () => {
  const electron = electronDouble();
  servePage(
    electron.surface.protocol,
    new Map([["/index.html", { type: "text/html; charset=utf-8", bytes: new TextEncoder().encode("<p>page</p>") }]]),
  );
  const get = (path: string, method = "GET") => electron.schemes.get(PAGE_SCHEME)?.({ url: `${PAGE_ORIGIN}${path}`, method });

  it("serves the built files under a policy without any connections", async () => {
    const answer = get("/index.html");
    expect(await answer?.text()).toBe("<p>page</p>");
    expect(answer?.headers.get("content-security-policy")).toMatch(/default-src 'none'.*connect-src 'none'/);
    expect(answer?.headers.get("content-type")).toBe("text/html; charset=utf-8");
  });

  it.each([["/../../etc/passwd"], ["/%2e%2e/secret"], ["/missing.js"]])("does not serve %s", (path) => {
    expect(get(path)?.status).toBe(404);
  });

  it("answers reading only", () => {
    expect(get("/index.html", "POST")?.status).toBe(404);
  });
});
