// `node build/scripts/screenshots.mjs [NAME…]`: takes the pictures of docs/screenshots again, nearly all of demos that anybody can open.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { root, say } from "./ensure.mjs";

const load = (path) => import(join(root, path));
const { stacks } = await load("main/catalog/stacks/index.ts");
const demos = stacks.flatMap((stack) => stack.demos ?? []);
const { openDemoApp } = await load("main/hosts/make-app.ts");
const { startDemo } = await load("main/hosts/http/demo.ts");
const { openChromium } = await load("tests/support/chromium.ts");
const { openPage } = await load("tests/support/open-page.ts");
const { screenCases } = await load("tests/support/screens.ts");
const { buildPage } = await load("tests/support/build-page.ts");

const folder = join(root, "docs", "screenshots");
const planOf = ({ stack, code, remedies }) => `#/plan/${stack}/${code}/${remedies[0].id}`;
const pictures = [
  { name: "overview-red", scenario: "config-invalid", colorScheme: "light", address: () => "#/" },
  { name: "overview-green", scenario: "all-green", colorScheme: "dark", address: () => "#/" },
  { name: "incident", scenario: "port-stolen", colorScheme: "light", address: ({ stack, code }) => `#/finding/${stack}/${code}` },
  { name: "plan", scenario: "service-not-loaded", colorScheme: "light", address: planOf },
  {
    name: "repairing",
    scenario: "service-not-loaded",
    colorScheme: "dark",
    address: planOf,
    reach: async (tab) => {
      await tab.locator('.deeds .primary[aria-disabled="false"]').click();
      await tab.locator("dialog .primary").click();
      await tab.locator(".run-running").waitFor();
    },
  },
];
/** Screens that would take minutes to reach in a demo, over a core that only answers. */
const stills = [
  { name: "plan-not-yet", colorScheme: "dark", screen: "plan whose gate is closed" },
  { name: "receipt", colorScheme: "light", screen: "receipt" },
];

/** The first root cause of a snapshot, with the stack it belongs to. */
const firstRoot = ({ stacks: all }) =>
  all.flatMap(({ id, findings }) => findings.filter(({ root: isRoot }) => isRoot).map((finding) => ({ ...finding, stack: id })))[0];

/** Fewer colours and no losses that an eye could see; without the two programs the picture stays as it was taken. */
function shrink(path) {
  try {
    execFileSync("pngquant", ["--force", "--ext", ".png", "--quality", "80-98", path]);
    execFileSync("optipng", ["-quiet", "-o5", "-strip", "all", path]);
  } catch {
    say(`${path} is as large as it was taken: pngquant and optipng are not here`);
  }
}

mkdirSync(folder, { recursive: true });
const browser = await openChromium();
const page = await buildPage();

async function take(tab, name) {
  await tab.waitForTimeout(500);
  await tab.evaluate(() => document.activeElement?.blur());
  await tab.screenshot({ path: join(folder, `${name}.png`) });
  shrink(join(folder, `${name}.png`));
  say(`took docs/screenshots/${name}.png`);
}

const asked = process.argv.slice(2);
const isAsked = ({ name }) => asked.length === 0 || asked.includes(name);
const frame = { viewport: { width: 360, height: 560 }, deviceScaleFactor: 2, reducedMotion: "reduce", locale: "en-GB" };
for (const { name, colorScheme, screen } of stills.filter(isAsked)) {
  const { snapshot, hash, answers } = screenCases.find((each) => each.name === screen);
  const still = await openPage(browser, { folder: page.folder, snapshot, hash, answers, context: { ...frame, colorScheme } });
  await take(still.page, name);
  await still.close();
}
for (const { name, scenario, colorScheme, address, reach } of pictures.filter(isAsked)) {
  const demo = await startDemo(
    demos.find(({ id }) => id === scenario),
    openDemoApp,
    { rendererDir: page.folder },
  );
  await demo.settled;
  // A young finding is still being confirmed, and "for 0 s" teaches nobody anything.
  await new Promise((resolve) => setTimeout(resolve, 14_000));
  const context = await browser.newContext({ ...frame, colorScheme });
  const tab = await context.newPage();
  await tab.goto(demo.host.openUrl());
  const hash = address(firstRoot(await demo.app.handlers.getSnapshot({})));
  await tab.evaluate((to) => {
    location.hash = to;
  }, hash);
  await tab.waitForTimeout(500);
  await reach?.(tab);
  await take(tab, name);
  await context.close();
  await demo.close();
}
await browser.close();
await page.remove();
process.exit(0);
