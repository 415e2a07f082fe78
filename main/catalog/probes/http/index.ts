import { z } from "zod";
import { defineProbe } from "../../../core/model/check.ts";
import type { Verdict } from "../../../core/model/observation.ts";
import type { HttpAnswer } from "../../../core/ports/http-client.ts";
import { showDuration, showUrl } from "../summary.ts";
import { sameJson } from "./same-json.ts";

/** What a good answer looks like. Without `status`, any 2xx will do; `json` and `body` must be exactly equal. */
export const HttpExpectation = z.object({
  status: z.number().int().optional(),
  json: z.json().optional(),
  body: z.string().optional(),
});
export type HttpExpectation = z.infer<typeof HttpExpectation>;

export const HttpOptions = z.object({
  url: z.string().refine((url) => URL.canParse(url), "not a URL"),
  method: z.enum(["GET", "HEAD", "POST"]).default("GET"),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.string().optional(),
  timeoutMs: z.number().positive().default(3_000),
  maxBytes: z.number().positive().default(65_536),
  expect: HttpExpectation.default({}),
});

const failures: Record<Exclude<HttpAnswer["kind"], "answered">, { readonly light: Verdict["light"]; readonly words: string }> = {
  refused: { light: "red", words: "refuses the connection" },
  reset: { light: "red", words: "dropped the connection without an answer" },
  "dns-failed": { light: "amber", words: "cannot be found: the name does not resolve" },
  unreachable: { light: "amber", words: "cannot be reached from here" },
  "tls-failed": { light: "amber", words: "failed the TLS handshake" },
  "not-http": { light: "amber", words: "answers, but does not speak HTTP" },
  // Silence proves neither life nor death, so it stays unknown.
  "timed-out": { light: "grey", words: "did not answer in time" },
};

const statusWords: Readonly<Record<number, string>> = {
  401: "asks for credentials (401)",
  403: "refuses these credentials (403)",
  404: "has nothing at this path (404)",
  429: "asks for patience (429)",
  503: "is not ready (503)",
};

function unexpected(expect: HttpExpectation, answer: Extract<HttpAnswer, { kind: "answered" }>): string | undefined {
  if (expect.body !== undefined && answer.body !== expect.body) return "with other text than expected";
  if (expect.json === undefined) return undefined;
  try {
    return sameJson(JSON.parse(answer.body), expect.json) ? undefined : "with other content than expected";
  } catch {
    return answer.truncated ? "with more than was asked for" : "with something that is not JSON";
  }
}

function judgeStatus(where: string, status: number): Verdict {
  const words = statusWords[status] ?? (status >= 500 ? `reports an error of its own (${status})` : `answers ${status}`);
  return { light: status >= 500 ? "red" : "amber", summary: `${where} ${words}` };
}

/** One HTTP request without redirects. A healthy status with an unexpected body is amber: something else may sit on the port. */
export const httpProbe = defineProbe<typeof HttpOptions, HttpAnswer>({
  type: "http",
  options: HttpOptions,
  observe: async (options, { ports, signal }) => {
    const { url, method, headers, body, timeoutMs, maxBytes } = options;
    return ports.http.request({
      url,
      method,
      timeoutMs,
      maxBytes,
      signal,
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined ? {} : { body }),
    });
  },
  judge: ({ url, expect }, answer) => {
    const where = showUrl(url);
    if (answer.kind !== "answered") {
      const { light, words } = failures[answer.kind];
      return { light, summary: `${where} ${words}`, ...(answer.kind === "refused" ? { confirmAfter: 2 } : {}) };
    }
    const wanted = expect.status === undefined ? answer.status >= 200 && answer.status < 300 : answer.status === expect.status;
    if (!wanted) return judgeStatus(where, answer.status);
    const difference = unexpected(expect, answer);
    return difference === undefined
      ? { light: "green", summary: `${where} answers ${answer.status} in ${showDuration(answer.durationMs)}` }
      : { light: "amber", summary: `${where} answers ${answer.status}, but ${difference}` };
  },
});
