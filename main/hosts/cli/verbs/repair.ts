import type { RepairRun } from "../../../core/model/receipt.ts";
import { SCHEMA_VERSION } from "../../../core/model/snapshot.ts";
import type { AppClient } from "../app-client.ts";
import { type Call, Unable, type Verb, type Wish } from "../call.ts";
import { carryOut, finishRun, tellPage } from "../carry-out.ts";
import { choosePlan, findFinding } from "../choose-plan.ts";
import { consent } from "../consent.ts";
import { COULD_NOT_RUN, exitOfRun } from "../exit-code.ts";
import { printRepairs, type Repairable } from "../print-repairs.ts";
import { didYouMean } from "../suggest.ts";
import { withSettledApp } from "../with-settled-app.ts";

async function list(client: AppClient, call: Call): Promise<number> {
  const { wish, terminal } = call;
  const [snapshot, lists] = await Promise.all([client.getSnapshot({}), client.listRepairs({})]);
  const roots = snapshot.stacks.flatMap((stack) =>
    stack.findings
      .filter(({ root, remedies }) => root && remedies.some(({ kind }) => kind === "plan"))
      .map((finding) => ({ stack, finding })),
  );
  const repairable = await Promise.all(
    roots.map(
      async (found): Promise<Repairable> => ({ ...found, plan: await choosePlan(client, found, undefined).catch(() => undefined) }),
    ),
  );
  if (wish.json) {
    const rows = repairable.map(({ stack, finding, plan }) => {
      const { code, title, light, remedies } = finding;
      return { stack: stack.id, code, title, light, remedies, ...(plan?.gate === undefined ? {} : { gate: plan.gate }) };
    });
    terminal.write(`${JSON.stringify({ schemaVersion: SCHEMA_VERSION, repairable: rows, ...lists })}\n`);
  } else tellPage(call, (page) => printRepairs(page, repairable, lists));
  return 0;
}

async function repairCode(client: AppClient, call: Call, code: string): Promise<number> {
  const { wish, surroundings } = call;
  const known = (await surroundings.stacks()).flatMap((stack) => stack.findings.map((kind) => kind.code));
  const found = findFinding(await client.getSnapshot({}), code, known);
  const plan = await choosePlan(client, found, wish.remedy);
  const others = found.finding.remedies.filter(({ id, kind }) => kind === "plan" && id !== plan.remedy);
  const stack = found.stack.id;
  return carryOut(client, call, {
    plan,
    stack,
    ...(others.length === 0 ? {} : { besides: others.map(({ id, title }) => `--remedy ${id}: ${title}`).join("; ") }),
    begin: (confirmed) => client.startRepair({ stack, code: plan.code, remedy: plan.remedy, confirmed, seal: plan.seal }),
  });
}

/** The repair with this id, or the only one whose id begins so. */
async function findRun(client: AppClient, id: string): Promise<RepairRun> {
  const { running, interrupted, ended } = await client.listRepairs({});
  const all = [...interrupted, ...running, ...ended];
  const [first, second] = all.filter((run) => run.id === id).concat(all.filter((run) => run.id !== id && run.id.startsWith(id)));
  if (first !== undefined && (first.id === id || second === undefined)) return first;
  if (first !== undefined) throw new Unable(`More than one repair begins with ${id}. \`lamplighter repair --json\` lists them.`);
  const guess = didYouMean(
    id,
    all.map((run) => run.id),
  );
  throw new Unable(`There is no repair ${id}.${guess} \`lamplighter repair\` lists the newest.`);
}

async function handleEarlier(client: AppClient, call: Call, earlier: NonNullable<Wish["earlier"]>): Promise<number> {
  const { terminal } = call;
  const past = await findRun(client, earlier.id);
  const { id } = past;
  if (earlier.do === "leave") {
    await finishRun(client, call, await client.resumeRepair({ id, how: "leave" }));
    return 0;
  }
  const words =
    earlier.do === "undo"
      ? { interrupts: `"${past.title}" is undone: every file it changed is put back as it was.`, undo: past.undo }
      : { interrupts: `"${past.title}" goes on from its first step that is not done.`, undo: past.undo };
  // What it may destroy was agreed to when it began; going on with it takes one more yes.
  const given = await consent({ ...words, risk: "disruptive", remedy: past.remedy }, call);
  if (given.kind === "withheld") {
    if (call.wish.json) throw new Unable(given.reason);
    terminal.complain(`${given.reason}\n`);
    return COULD_NOT_RUN;
  }
  const begun =
    earlier.do === "undo" ? await client.undoRepair({ id, force: earlier.force }) : await client.resumeRepair({ id, how: "finish" });
  return exitOfRun(await finishRun(client, call, begun));
}

/** Shows and runs the plan of a finding, goes on with or undoes an earlier repair, or lists what there is. */
export const repair: Verb = (call) =>
  withSettledApp(call, (client) => {
    const { operand, earlier } = call.wish;
    if (earlier !== undefined) return handleEarlier(client, call, earlier);
    return operand === undefined ? list(client, call) : repairCode(client, call, operand);
  });
