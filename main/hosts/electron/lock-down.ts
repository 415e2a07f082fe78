import { type ElectronSurface, PAGE_ORIGIN } from "./surface.ts";

const isWeb = (url: string): boolean => URL.canParse(url) && ["https:", "http:"].includes(new URL(url).protocol);

/** Addresses the page may hand to the user's browser: documentation over https, and our own demo servers on this machine. */
export function mayOpenOutside(url: string): boolean {
  if (!isWeb(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || hostname === "127.0.0.1" || hostname === "localhost";
}

/** Every page we ever create stays on our origin, opens no windows, asks for no permission and embeds nothing. */
export function lockDown({ app, session, shell }: Pick<ElectronSurface, "app" | "session" | "shell">): void {
  app.on("web-contents-created", (_created, contents) => {
    contents.on("will-navigate", (event, url) => {
      if (!url.startsWith(`${PAGE_ORIGIN}/`)) event.preventDefault();
    });
    contents.on("will-attach-webview", (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (mayOpenOutside(url)) void shell.openExternal(url);
      return { action: "deny" };
    });
  });
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === "clipboard-sanitized-write"));
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => permission === "clipboard-sanitized-write");
}
