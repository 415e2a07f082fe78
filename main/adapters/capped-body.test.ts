import { PassThrough, Readable } from "node:stream";
import { expect, it } from "vitest";
import { cappedBody } from "./capped-body.ts";

it("gives a whole short body", async () => {
  expect(await cappedBody(Readable.from([Buffer.from("ab"), Buffer.from("c")]), 3)).toEqual({ text: "abc", truncated: false });
});

it("keeps the beginning of a long body and stops reading", async () => {
  let given = 0;
  const endless = new Readable({
    read() {
      given += 1;
      this.push(Buffer.alloc(100, "x"));
    },
  });
  expect(await cappedBody(endless, 150)).toEqual({ text: "x".repeat(150), truncated: true });
  expect(endless.destroyed).toBe(true);
  expect(given).toBeLessThan(1_000);
});

it("leaves no broken character where it cut", async () => {
  expect(await cappedBody(Readable.from([Buffer.from("aä")]), 2)).toEqual({ text: "a", truncated: true });
});

it("marks bytes that are no text as such", async () => {
  expect((await cappedBody(Readable.from([Buffer.of(0x61, 0xff)]), 10)).text).toBe("a\uFFFD");
});

it("rejects when the stream breaks, and when it is closed without an end", async () => {
  const broken = new PassThrough();
  const reading = cappedBody(broken, 10);
  broken.destroy(new Error("torn"));
  await expect(reading).rejects.toThrow("torn");
  const closed = new PassThrough();
  const waiting = cappedBody(closed, 10);
  closed.destroy();
  await expect(waiting).rejects.toMatchObject({ code: "ECONNRESET" });
});
