import { describe, expect, it } from "vitest";
import { createDispatcher } from "../../main/core/contract/define.ts";
import { contract } from "../../main/core/contract/index.ts";
import { CODE, command, planned, repairRig, restart } from "../support/repair-rig.ts";

const learned = "loft-7Qm2x-ordinary-looking-words-9Kd";
const shaped = "sk-ant-oat01-Zx8Kq2Lw9Vb3Nn7Rt5Yp1Hs6Df4Gj0";
const pieces = [learned, learned.slice(0, 14), learned.slice(-14), shaped, shaped.slice(12, 30)];
const leaksIn = (text: string): readonly string[] => pieces.filter((piece) => text.includes(piece));
const spoken = `token is ${learned} and ${shaped}`;

/** Everything that a front, the journal or the remembered state has seen of a repair. */
async function outputsOf(rig: Awaited<ReturnType<typeof repairRig>>, id: string): Promise<Readonly<Record<string, string>>> {
  const dispatch = createDispatcher(contract, rig.app.handlers, rig.app.clean);
  const ask = async (name: string, input: unknown): Promise<string> => JSON.stringify(await rig.wait(dispatch(name, input)));
  return {
    told: JSON.stringify(rig.told),
    receipt: await ask("getRepair", { id }),
    list: await ask("listRepairs", {}),
    journalRead: await ask("readJournal", {}),
    preview: await ask("previewPlan", { stack: "pigeon", code: CODE, remedy: "mend" }),
    journal: JSON.stringify(rig.relay.disk.lines),
    state: JSON.stringify([...rig.relay.disk.state]),
  };
}

async function expectSilence(rig: Awaited<ReturnType<typeof repairRig>>, id: string): Promise<void> {
  for (const [where, text] of Object.entries(await outputsOf(rig, id))) expect(leaksIn(text), where).toEqual([]);
}

describe("secrets in what a repair hears", () => {
  it("would be found, whole and in part", () => {
    expect(leaksIn(`x${learned}y${shaped}`)).toEqual(pieces);
  });

  it.each([
    ["on both streams of a command that works", { stdout: spoken, stderr: spoken }],
    ["of a command that fails", { exitCode: 1, stderr: spoken }],
    ["across the place where a long output is cut", { stdout: `${"x".repeat(2_000)}${spoken}${"y".repeat(3_975)}` }],
    ["at the end of very much output", { stdout: `${"line of words\n".repeat(4_000)}${spoken}` }],
  ])("stay inside: %s", async (_, answer) => {
    const rig = await repairRig({ secret: learned, effects: [command(["pigeon", "list"]), restart] });
    rig.relay.run = async () => answer;
    const { id } = await rig.begin();
    const run = await rig.settled(id);
    expect(run.steps[0]?.output).toMatch(/[‹…]/);
    expect(run.steps[0]?.output?.length).toBeLessThanOrEqual(4_000);
    await expectSilence(rig, id);
    await rig.wait(rig.app.stop());
  });

  it("stay inside when the service manager or a person's question names them", async () => {
    const end = planned({ do: "end-process", pid: 99, startedMs: 5_000_000, name: `hawk --token=${shaped}` });
    const rig = await repairRig({ secret: learned, effects: [end, restart] });
    rig.relay.processes.push({ pid: 99, ppid: 1, user: "sam", name: "hawk", command: spoken, state: "running", startedMs: 5_000_000 });
    rig.relay.acts = () => ({ kind: "failed", meaning: `It said ${spoken}.`, next: spoken });
    const { id } = await rig.begin();
    expect(leaksIn(JSON.stringify(await rig.settled(id)))).toEqual([]);
    await rig.wait(rig.app.handlers.answerRepair({ id, answer: "skip" }));
    expect((await rig.settled(id)).outcome).toBe("failed");
    const { state: _holdsThePlan, ...outputs } = await outputsOf(rig, id);
    for (const [where, text] of Object.entries(outputs)) expect(leaksIn(text), where).toEqual([]);
    await rig.wait(rig.app.stop());
  });

  it("stay inside when something throws with them", async () => {
    const rig = await repairRig({ secret: learned, effects: [command(["pigeon", "list"]), restart] });
    rig.relay.run = () => Promise.reject(new Error(`unexpected ${spoken}`));
    const { id } = await rig.begin();
    expect((await rig.settled(id)).outcome).toBe("failed");
    await expectSilence(rig, id);
    await rig.wait(rig.app.stop());
  });
});

describe("hostile values in a plan", () => {
  const hostile = ["$(touch /tmp/owned)", "`id`", "a b", "'quoted' \"twice\"", "a\nb", "-rf", "; reboot", "../../etc/passwd"];
  /** What a screen would not show as it is. */
  const hidden = ["\u202egnp.exe", "a\u200bb", "\u001b[2Jclean"];

  it.each(hidden)("stop the plan before it begins when a screen would not show them: %j", async (value) => {
    const rig = await repairRig({ effects: [restart, command(["pigeon", "mend", value])] });
    await expect(rig.begin()).rejects.toMatchObject({ code: "refused", message: expect.stringContaining("cannot be shown") });
    expect(rig.relay.done).toEqual([]);
    await rig.wait(rig.app.stop());
  });

  it.each(hostile)("reach a program as one word and no shell: %j", async (value) => {
    const asked: { file: string; args: readonly string[]; env: unknown }[] = [];
    const rig = await repairRig({ effects: [command(["pigeon", "mend", value], { envNames: ["PIGEON_HOME", "UNSET"] }), restart] });
    rig.relay.run = async ({ file, args, env }) => {
      asked.push({ file, args, env });
      return {};
    };
    await rig.settled((await rig.begin()).id);
    expect(asked).toEqual([{ file: "pigeon", args: ["mend", value], env: { PIGEON_HOME: "/home/sam/.pigeon" } }]);
    await rig.wait(rig.app.stop());
  });

  it.each([...hostile, ...hidden])("as a program, a unit or a path stop the plan before it begins: %j", async (value) => {
    const unit = planned({ do: "service-unit", action: "restart", label: value });
    const file = planned({ do: "write-file", path: value, text: "x" });
    for (const effect of [command([value]), unit, file, command(["sh", "-c", value]), command(["sudo", value])]) {
      const rig = await repairRig({ effects: [restart, effect] });
      await expect(rig.begin()).rejects.toMatchObject({
        code: "refused",
        message: expect.stringMatching(/^Step 2 of this plan is not carried out/),
      });
      await expect(rig.wait(rig.app.handlers.previewPlan({ stack: "pigeon", code: CODE, remedy: "mend" }))).rejects.toMatchObject({
        code: "refused",
      });
      expect(rig.relay.done).toEqual([]);
      await rig.wait(rig.app.stop());
    }
  });
});
