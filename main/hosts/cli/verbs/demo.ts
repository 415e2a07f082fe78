import { SCHEMA_VERSION } from "../../../core/model/snapshot.ts";
import type { Scenario } from "../../../core/model/world.ts";
import { createDemoOpener, startDemo } from "../../http/demo.ts";
import { clientOf } from "../app-client.ts";
import { type Call, Unable, type Verb } from "../call.ts";
import { createPage } from "../page.ts";
import { paintFor } from "../paint.ts";
import { tellAddress, tellLight, untilEnded } from "../serving.ts";
import { didYouMean } from "../suggest.ts";

function listScenarios({ wish, terminal }: Call, scenarios: readonly Scenario[]): number {
  if (wish.json) {
    const listed = scenarios.map(({ id, title }) => ({ id, title }));
    terminal.write(`${JSON.stringify({ schemaVersion: SCHEMA_VERSION, scenarios: listed })}\n`);
    return 0;
  }
  const page = createPage(paintFor(terminal.hasColour), terminal.columns());
  const width = Math.max(0, ...scenarios.map((s) => s.id.length)) + 2;
  for (const { id, title } of scenarios) page.line(2, id.padEnd(width), title);
  page.blank();
  page.line(0, "", `Open one with: lamplighter demo ${scenarios[0]?.id ?? "NAME"}`);
  terminal.write(page.text());
  return 0;
}

/** Lists the invented systems, or serves one until it is ended. Nothing of the real machine is looked at. */
export const demo: Verb = async (call) => {
  const { surroundings, terminal, wish } = call;
  const scenarios = (await surroundings.stacks()).flatMap((stack) => stack.demos ?? []);
  if (wish.operand === undefined) return listScenarios(call, scenarios);
  const scenario = scenarios.find((s) => s.id === wish.operand);
  if (scenario === undefined) {
    const guess = didYouMean(
      wish.operand,
      scenarios.map((s) => s.id),
    );
    throw new Unable(`There is no demo ${wish.operand}.${guess} \`lamplighter demo\` lists them.`);
  }
  const opener = createDemoOpener(scenarios, surroundings.openDemoApp);
  const running = await startDemo(scenario, surroundings.openDemoApp, { opener, ...(wish.port === undefined ? {} : { port: wish.port }) });
  try {
    const address = { url: running.host.openUrl(), port: running.host.port };
    tellAddress(call, `Demo of an invented system, "${scenario.title}". Open this address in a browser; it works once:`, address);
    await running.settled;
    tellLight(call, await clientOf(running.app).getSnapshot({}));
    if (!wish.json) terminal.write("Press Ctrl-C to end.\n");
    await untilEnded(terminal);
    return 0;
  } finally {
    await Promise.all([running.close(), opener.close()]);
  }
};
