import { describe, expect, it } from "vitest";
import { readPrintBlocks } from "./print-block.ts";

const whole = `gui/501/org.example.agent = {
	active count = 0
	path = /Users/sam/Library/LaunchAgents/org.example.agent.plist
	state = not running

	environment = {
		TOKEN => abc
		state => running
	}

	event triggers = {
		org.example.agent.1 => {
			keepalive = 0
			state = active
		}
	}

	LWCR = {
		"reqs" => {
			0 = ]
	}

	runs = 4
	last exit code = 1

	semaphores = {
		successful exit => 0
		after crash => 1
	}

	resource coalition = {
		state = active
		active count = 1
	}
	properties = keepalive | runatload
}`;

describe("a printed job", () => {
  const [block] = readPrintBlocks(whole);

  it("has its own keys, and not those of what is nested in it", () => {
    expect(block?.label).toBe("gui/501/org.example.agent");
    expect(block?.own.get("state")?.value).toBe("not running");
    expect(block?.own.get("active count")?.value).toBe("0");
    expect(block?.own.has("keepalive")).toBe(false);
  });

  it("survives unbalanced brackets", () => {
    expect(block?.own.get("runs")?.value).toBe("4");
    expect(block?.own.get("properties")?.value).toBe("keepalive | runatload");
  });

  it("knows the nested blocks and the conditions of a restart", () => {
    expect([...(block?.blocks ?? [])]).toEqual(expect.arrayContaining(["event triggers", "environment", "semaphores"]));
    expect([...(block?.semaphores ?? [])]).toEqual([
      ["successful exit", "0"],
      ["after crash", "1"],
    ]);
  });

  it("never holds an environment", () => {
    expect(JSON.stringify([...(block?.own ?? [])])).not.toContain("abc");
  });
});

describe("an excerpt", () => {
  it.each([
    ["without its head", "\tstate = running\n\truns = 3\n\t\tstate = active"],
    ["that lost its first indent", "state = running\n\truns = 3\n\t\tstate = active"],
    ["with blanks for tabs", "        state = running\n        runs = 3\n                state = active"],
    ["at the margin", "state = running\nruns = 3"],
  ])("%s is read", (_, text) => {
    expect(readPrintBlocks(text)[0]?.own.get("state")?.value).toBe("running");
  });

  it("of one unmistakable line is enough", () => {
    expect(readPrintBlocks("last exit code = 78: EX_CONFIG")).toHaveLength(1);
  });

  it("of a job of an old release has no domain in its head", () => {
    expect(readPrintBlocks("org.example.agent = {\n\tstate = running\n\tpid = 3\n}")[0]?.label).toBe("org.example.agent");
  });
});

describe("several jobs in one text", () => {
  it("stay apart, behind a prompt each", () => {
    const two = `$ launchctl print gui/501/org.example.agent\n${whole}\n$ launchctl print gui/501/org.example.other\n${whole.replaceAll("agent", "other").replace("runs = 4", "runs = 9")}`;
    expect(readPrintBlocks(two).map((block) => [block.label, block.own.get("runs")?.value])).toEqual([
      ["gui/501/org.example.agent", "4"],
      ["gui/501/org.example.other", "9"],
    ]);
  });
});

it.each(["", "runs = 0", "state = running", "a = b\nc = d", 'resource "x" {\n  runs = 3\n}', "[section]\nruns = 0\n", "x = {\n}\n"])(
  "does not see a job in %j",
  (text) => expect(readPrintBlocks(text)).toEqual([]),
);
