import { fileURLToPath } from "node:url";
import electron from "electron";
import { menubar } from "menubar";
import { createApp } from "../../app.ts";
import { stacks } from "../../catalog/stacks/index.ts";
import { createDemoOpener } from "../http/demo.ts";
import { findRendererDir, readRendererFiles } from "../http/renderer-files.ts";
import { openDemoApp } from "../make-app.ts";
import { realPorts } from "../ports.ts";
import { startHost } from "./host.ts";
import { announcePageScheme } from "./page-protocol.ts";

const { app, protocol } = electron;
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

async function start(): Promise<void> {
  await app.whenReady();
  const rendererDir = findRendererDir(import.meta.url);
  const host = await startHost({
    electron,
    menubar,
    lamplighter: createApp({ ports: realPorts(), stacks, mode: "watch" }),
    demos: createDemoOpener(
      stacks.flatMap((s) => s.demos ?? []),
      openDemoApp,
      rendererDir,
    ),
    page: rendererDir === null ? new Map() : await readRendererFiles(rendererDir),
    platform: process.platform,
    env: process.env,
    icons: here("../../build/icons/tray"),
    preload: here("../preload/index.cjs"),
    wait: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
  });
  if (process.argv.includes("--show")) host.open();
}

announcePageScheme(protocol);
app.enableSandbox();
// One light is enough: the second start shows the first one's page and leaves with exit code 0.
if (app.requestSingleInstanceLock()) void start();
else app.quit();
