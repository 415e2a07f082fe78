// The few globals that exist in Node, Electron and browsers alike and that pure code may use. This list is the policy.
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
interface AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}
declare const AbortController: { new (): AbortController };
interface URL {
  readonly hostname: string;
  readonly port: string;
  readonly protocol: string;
  readonly pathname: string;
  readonly href: string;
}
declare const URL: { new (url: string, base?: string): URL; canParse(url: string, base?: string): boolean };
