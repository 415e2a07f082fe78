import { request } from "node:http";
import { z } from "zod";
import { readReply } from "../../core/contract/define.ts";
import { Snapshot } from "../../core/model/snapshot.ts";
import { type RunFacts, readRunFile } from "./run-file.ts";

/** A server that answers: where it is, a new one-time address, and its light when it gave one. */
export type Running = { readonly pid: number; readonly port: number; readonly url: string; readonly snapshot: Snapshot | null };

const Answer = z.object({ url: z.string().regex(/^http:\/\/127\.0\.0\.1:\d+\/open\?once=[0-9a-f]{40}$/) });
const PATIENCE_MS = 1_500;
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** One POST to the server of a run file; the parsed JSON of a 200, else null. Never throws. */
function ask({ port, token }: RunFacts, path: string): Promise<unknown> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const asking = request({ host: "127.0.0.1", port, path, method: "POST", headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
        if (text.length > MOST_CHARACTERS) response.destroy();
      });
      response.on("close", () => {
        try {
          resolve(response.statusCode === 200 ? JSON.parse(text) : null);
        } catch {
          resolve(null);
        }
      });
    });
    asking.on("error", () => resolve(null));
    setTimeout(() => asking.destroy(), PATIENCE_MS).unref();
    asking.end("{}");
  });
}

/** The server of this account that already runs; null when there is none or its file is stale. */
export async function findRunning(dir: string): Promise<Running | null> {
  const facts = await readRunFile(dir);
  if (facts === null) return null;
  const answer = Answer.safeParse(await ask(facts, "/key"));
  if (!answer.success) return null;
  const reply = readReply(await ask(facts, "/rpc/getSnapshot"));
  const snapshot = reply.ok ? Snapshot.safeParse(reply.value) : null;
  return { pid: facts.pid, port: facts.port, url: answer.data.url, snapshot: snapshot?.success === true ? snapshot.data : null };
}
