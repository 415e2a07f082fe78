import type { Host } from "../../../../core/ports/machine.ts";

type Addresses = Awaited<ReturnType<Host["addresses"]>>;

/** A gateway's address in both spellings, without a path behind it, and the host it names. */
export type Urls = { readonly ws: string; readonly http: string; readonly host: string };

/** A local gateway is always spoken to over loopback, where every bind mode of current releases listens. */
export function urlsFor(from: { readonly setting?: string; readonly remote?: string; readonly port: number; readonly tls: boolean }): Urls {
  const given = from.setting ?? from.remote;
  if (given === undefined || !/^(?:wss?|https?):\/\//.test(given) || !URL.canParse(given)) {
    const rest = `://127.0.0.1:${from.port}`;
    return { ws: `${from.tls ? "wss" : "ws"}${rest}`, http: `${from.tls ? "https" : "http"}${rest}`, host: "127.0.0.1" };
  }
  const url = new URL(given);
  const secure = url.protocol === "wss:" || url.protocol === "https:";
  const rest = `://${url.hostname}${url.port === "" ? "" : `:${url.port}`}`;
  const path = url.pathname === "/" ? "" : url.pathname.replace(/\/$/, "");
  return { ws: `${secure ? "wss" : "ws"}${rest}${path}`, http: `${secure ? "https" : "http"}${rest}`, host: url.hostname };
}

const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);

/** Whether what is sent to a host stays on this machine. Only loopback counts as local for the gateway itself. */
export function isThisMachine(host: string, addresses: Addresses): "loopback" | "own-address" | "elsewhere" {
  if (isLoopback(host)) return "loopback";
  return addresses.some((one) => one.address === host.replace(/^\[|\]$/g, "")) ? "own-address" : "elsewhere";
}

/** Tailscale hands out addresses of 100.64.0.0/10. */
const isTailnet = (address: string): boolean => {
  const [first = 0, second = 0] = address.split(".").map(Number);
  return first === 100 && second >= 64 && second <= 127;
};

/** IPv4 addresses of this machine on which a gateway with this bind mode is meant to be reached from outside. At most three. */
export function bindAddresses(bind: string, customHost: string | undefined, addresses: Addresses): readonly string[] {
  const own = addresses.filter((one) => !one.internal && one.family === "ipv4").map((one) => one.address);
  switch (bind) {
    case "lan":
    case "auto":
      return own.slice(0, 3);
    case "tailnet":
      return own.filter(isTailnet).slice(0, 3);
    case "custom":
      // Only what is an address of this machine: a gateway cannot listen elsewhere, and our credentials must not go there.
      return customHost === "0.0.0.0" ? own.slice(0, 3) : own.filter((address) => address === customHost);
    default:
      return [];
  }
}
