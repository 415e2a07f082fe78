import { describe, expect, it } from "vitest";
import { parseCgroup } from "./parse-cgroup.ts";

const user = "/user.slice/user-1000.slice/user@1000.service";

describe("parseCgroup", () => {
  it.each([
    [`0::${user}/app.slice/gateway.service\n`, "gateway.service"],
    [`0::${user}/app.slice/gateway.service/inner\n`, "gateway.service"],
    [`12:cpu:/\n1:name=systemd:${user}/app.slice/gateway.service\n0::/\n`, "gateway.service"],
    ["0::/system.slice/nginx.service\n", "nginx.service"],
    [`0::${user}/app.slice/app-my\\x2dlamp.slice/my\\x2dlamp.service`, "my-lamp.service"],
  ])("finds in %j the unit %s", (text, unit) => {
    expect(parseCgroup(text)).toBe(unit);
  });

  it.each([
    "",
    "0::/\n",
    `0::${user}/init.scope\n`,
    `0::${user}/app.slice/run-u12.scope\n`,
    "0::/user.slice/user-1000.slice/session-2.scope\n",
    "4:memory:/x.service\n",
    "nonsense",
  ])("finds none in %j", (text) => {
    expect(parseCgroup(text)).toBeUndefined();
  });
});
