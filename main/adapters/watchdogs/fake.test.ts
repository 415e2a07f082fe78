import { emptyWorld } from "../../../tests/support/empty-world.ts";
import { fakeWatchdogs } from "./fake.ts";
import { watchdogsSuite } from "./suite.ts";

watchdogsSuite("the watchdogs of a world", () => ({
  watchdogs: fakeWatchdogs(() => ({
    ...emptyWorld,
    watchdogs: [
      { kind: "cron-line", name: "crontab line 4", evidence: "TOKEN=… systemctl --user restart lamp-gateway" },
      { kind: "pm2", name: "other", evidence: "/opt/other/server.js" },
    ],
  })),
  target: { labels: ["lamp-gateway.service"], ports: [18_789], words: ["lamp"] },
  restarter: "crontab line 4",
  secret: "canary-5d1c",
}));
