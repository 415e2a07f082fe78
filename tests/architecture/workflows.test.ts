import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { paths, readText } from "../support/files.ts";

type Step = { readonly uses?: string; readonly run?: string; readonly with?: Readonly<Record<string, unknown>> };
type Job = {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly Step[];
};
type Workflow = {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
};

/** What is dangerous about a workflow, one line each; empty when nothing is. */
function complaints(text: string): string[] {
  const workflow = parse(text) as Workflow;
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps);
  return [
    ...(JSON.stringify(workflow.permissions) === "{}" ? [] : ["grants permissions to every job"]),
    ...(Object.hasOwn(workflow.on, "pull_request_target") ? ["runs foreign code with our rights"] : []),
    ...jobs.flatMap(([name, job]) => (JSON.stringify(job.permissions) === '{"contents":"read"}' ? [] : [`${name} may do more than read`])),
    ...jobs.flatMap(([name, job]) => (job["timeout-minutes"] === undefined ? [`${name} may run for hours`] : [])),
    ...steps.flatMap(({ uses }) =>
      uses === undefined || /^[\w./-]+@[0-9a-f]{40}$/.test(uses) ? [] : [`${uses} is not pinned by its hash`],
    ),
    ...[...text.matchAll(/uses:.*@[0-9a-f]{40}(?! # v\d)/g)].map(([line]) => `${line} does not say which version that is`),
    ...steps.flatMap((step) =>
      step.uses?.startsWith("actions/checkout@") && step.with?.["persist-credentials"] !== false ? ["leaves a token in the checkout"] : [],
    ),
    ...steps.flatMap(({ run }) => (run?.includes("${{") ? ["puts foreign text into a shell command"] : [])),
    ...(/\$\{\{\s*secrets\./.test(text) ? ["uses a secret"] : []),
  ];
}

const files = paths(".github/workflows").map((path): [string, string] => [path, readText(path)]);

const careless = `
on: { pull_request_target: {} }
permissions: write-all
jobs:
  all:
    runs-on: ubuntu-latest
    permissions: { contents: write }
    steps:
      - uses: actions/checkout@v6
      - uses: actions/setup-node@6044e13b5dc448c55e2357c09f80417699197238
      - run: echo "\${{ github.event.pull_request.title }}"
      - run: deploy
        env: { KEY: "\${{ secrets.KEY }}" }
`;

describe("workflows", () => {
  it("would be caught when careless", () => {
    expect(complaints(careless)).toEqual([
      "grants permissions to every job",
      "runs foreign code with our rights",
      "all may do more than read",
      "all may run for hours",
      "actions/checkout@v6 is not pinned by its hash",
      "uses: actions/setup-node@6044e13b5dc448c55e2357c09f80417699197238 does not say which version that is",
      "leaves a token in the checkout",
      "puts foreign text into a shell command",
      "uses a secret",
    ]);
  });

  it.each(files)("%s pins its actions and may only read", (_, text) => expect(complaints(text)).toEqual([]));

  it("run the command the README names, on Linux and on macOS", () => {
    expect(files.map(([path]) => path)).toEqual([".github/workflows/check.yml", ".github/workflows/macos.yml"]);
    expect(readText(".ci/run")).toMatch(/\bnpm test\b/);
    expect(files.every(([, text]) => /\.ci\/run|npm test/.test(text))).toBe(true);
  });
});
