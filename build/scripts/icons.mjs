// `npm run icons`: renders build/icons/*.svg to the PNG files the tray and the packages need. Run after changing a drawing.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ensureInstalled, giveUp, root, say } from "./ensure.mjs";

ensureInstalled();
const { chromium } = await import("playwright-core");

const folder = join(root, "build", "icons");
const shapes = ["ok", "attention", "problem", "unknown", "working"];

/** Every picture: macOS template images are black with alpha and sized for a menu bar; Linux panels want colour and 22 pixels. */
const pictures = [
  ...shapes.flatMap((shape) => [
    { from: shape, to: `tray/${shape}Template.png`, size: 16, color: "#000" },
    { from: shape, to: `tray/${shape}Template@2x.png`, size: 32, color: "#000" },
    { from: shape, to: `tray/${shape}.png`, size: 22 },
    { from: shape, to: `tray/${shape}@2x.png`, size: 44 },
  ]),
  { from: "app", to: "icon.png", size: 1024 },
];

const browser = await chromium.launch({ executablePath: findBrowser(), args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
const page = await browser.newPage({ viewport: { width: 1024, height: 1024 }, deviceScaleFactor: 1 });
mkdirSync(join(folder, "tray"), { recursive: true });
for (const { from, to, size, color } of pictures) {
  const drawing = readFileSync(join(folder, `${from}.svg`), "utf8");
  const sized = drawing.replace("<svg ", `<svg width="${size}" height="${size}" style="display:block${color ? `;color:${color}` : ""}" `);
  await page.setContent(`<!doctype html><body style="margin:0">${sized}`);
  const clip = { x: 0, y: 0, width: size, height: size };
  writeFileSync(join(folder, to), await page.screenshot({ clip, omitBackground: true }));
}
await browser.close();
// A drawing that changed without a new rendering is noticed by comparing these.
const hashes = Object.fromEntries(
  [...shapes, "app"].map((name) => [
    name,
    createHash("sha256")
      .update(readFileSync(join(folder, `${name}.svg`)))
      .digest("hex"),
  ]),
);
writeFileSync(join(folder, "rendered.json"), `${JSON.stringify(hashes, null, 2)}\n`);
say(`rendered ${pictures.length} pictures into build/icons`);

function findBrowser() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const candidates = (process.env.PATH ?? "").split(delimiter).flatMap((path) => names.map((name) => join(path, name)));
  candidates.push("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium");
  return candidates.find((path) => existsSync(path)) ?? giveUp("Rendering the icons needs Chromium or Chrome.");
}
