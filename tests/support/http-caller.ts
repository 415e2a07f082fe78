import { type IncomingHttpHeaders, request } from "node:http";

export type RawAnswer = { readonly code: number; readonly headers: IncomingHttpHeaders; readonly text: string };

export type RawRequest = {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
};

/** One request on its own connection, with exactly the headers given; `host` may be forged. */
export function callHttp(port: number, { method = "GET", path = "/", headers = {}, body }: RawRequest = {}): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = { host: `127.0.0.1:${port}`, ...headers } as Record<string, string | string[]>;
    const asking = request({ host: "127.0.0.1", port, method, path, headers: sent, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ code: response.statusCode ?? 0, headers: response.headers, text }));
      response.on("error", reject);
    });
    asking.on("error", reject);
    asking.end(body);
  });
}

/** Spends a one-time address as a browser does, and gives the cookie header it has from then on. */
export async function openPage(url: string): Promise<{ readonly port: number; readonly cookie: string }> {
  const { port, pathname, search } = new URL(url);
  const answer = await callHttp(Number(port), { path: `${pathname}${search}` });
  const cookie = answer.headers["set-cookie"]?.[0]?.split(";")[0];
  if (answer.code !== 303 || cookie === undefined) throw new Error(`the one-time address answered ${answer.code}: ${answer.text}`);
  return { port: Number(port), cookie };
}

export type ReceivedEvent = { readonly name: string; readonly payload: unknown };

/** Listens to server-sent events until closed. */
export function listenToEvents(port: number, headers: Readonly<Record<string, string>>, heard: (event: ReceivedEvent) => void = () => {}) {
  const events: ReceivedEvent[] = [];
  let raw = "";
  let closed = false;
  const asking = request({ host: "127.0.0.1", port, path: "/events", headers: { ...headers }, agent: false }, (response) => {
    let rest = "";
    response.setEncoding("utf8");
    response.on("data", (chunk: string) => {
      raw += chunk;
      rest += chunk;
      const parts = rest.split("\n\n");
      rest = parts.pop() ?? "";
      for (const part of parts) {
        const name = /^event: (.*)$/m.exec(part)?.[1];
        const data = /^data: (.*)$/m.exec(part)?.[1];
        if (name === undefined || data === undefined) continue;
        const event = { name, payload: JSON.parse(data) };
        events.push(event);
        heard(event);
      }
    });
    response.on("close", () => {
      closed = true;
    });
  });
  asking.on("error", () => {
    closed = true;
  });
  asking.end();
  return { events, raw: () => raw, closed: () => closed, close: () => asking.destroy() };
}
