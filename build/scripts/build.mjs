// `npm run build [renderer preload electron cli]`: bundles into out/; without names all that are shipped.
import { ensureInstalled, giveUp, say } from "./ensure.mjs";

ensureInstalled();
const { buildBundle, bundles } = await import("./bundles.mjs");
const names = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(bundles).filter((name) => name !== "bench");
for (const name of names) {
  if (!Object.hasOwn(bundles, name)) giveUp(`There is no bundle called ${name}; there are ${Object.keys(bundles).join(", ")}.`);
  await buildBundle(name);
  say(`built out/${name}`);
}
