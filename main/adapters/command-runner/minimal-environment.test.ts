import { describe, expect, it } from "vitest";
import { minimalEnvironment } from "./minimal-environment.ts";

describe("minimalEnvironment", () => {
  it("passes on the few variables a program needs to find its home, its bus and its language", () => {
    const own = { HOME: "/home/sam", USER: "sam", LANG: "de_DE.UTF-8", PATH: "/opt/bin:/bin", XDG_RUNTIME_DIR: "/run/user/1000" };
    expect(minimalEnvironment(own)).toEqual(own);
  });

  it("keeps tokens and loader variables of our own environment to ourselves", () => {
    const env = minimalEnvironment({ PATH: "/bin", API_TOKEN: "t", NODE_OPTIONS: "--inspect", LD_PRELOAD: "/tmp/x.so" });
    expect(Object.keys(env)).toEqual(["PATH"]);
  });

  it("adds what the request names, and lets it win over what is inherited", () => {
    const env = minimalEnvironment({ PATH: "/bin", LANG: "de" }, { LANG: "C", TOKEN: "t" });
    expect(env).toEqual({ PATH: "/bin", LANG: "C", TOKEN: "t" });
  });

  it("gives a PATH even when we were started without one", () => {
    expect(minimalEnvironment({})["PATH"]).toContain("/usr/bin");
  });

  it("leaves unset variables out instead of passing the word undefined", () => {
    expect(minimalEnvironment({ PATH: "/bin", HOME: undefined })).toEqual({ PATH: "/bin" });
  });
});
