import { describe, expect, it } from "vitest";
import { judgeNodes } from "./nodes.ts";

const said = (payload: unknown): readonly string[] => judgeNodes(payload).flatMap((one) => one.evidence.map(({ text }) => text));

describe("nodes that wait for approval", () => {
  it("come with the command that approves them", () => {
    expect(said({ nodes: [{ displayName: "Phone", approvalState: "pending", pendingRequestId: "442bf38d-1ec3" }] })).toEqual([
      "Phone waits for approval (openclaw nodes approve 442bf38d-1ec3)",
    ]);
  });

  it.each(["x; rm -rf ~", "$(touch owned)", "--all", "a\nb", "‮1", "", "9".repeat(500)])(
    "come without a command to copy when their number is %j",
    (requestId) => {
      expect(said({ nodes: [], pending: [{ displayName: "Phone", requestId }] })).toEqual(["Phone waits for approval"]);
    },
  );

  it("are none where the answer is nonsense", () => {
    for (const payload of [null, 5, "nodes", { nodes: {}, pending: 7 }, { nodes: [null, 3, { permissions: 5 }] }])
      expect(said(payload)).toEqual([]);
  });
});
