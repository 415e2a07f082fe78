import { describe, expect, it } from "vitest";
import { stacks } from "../../main/catalog/stacks/index.ts";
import { isProof, paths, root, type SourceFile, sources } from "../support/files.ts";
import {
  keepsApart,
  lineCount,
  mustNotMatch,
  namesNoStack,
  neverImports,
  type SourceRule,
  saysWhatItIs,
  staysShort,
} from "./source-rules.ts";

const written = sources(["main", "preload", "renderer"], [".ts", ".tsx", ".css", ".html"]);
const production = written.filter((file) => !isProof(file.path));
const scripts = sources(["build"], [".mjs", ".ts"]);
const code = production.filter((file) => /\.tsx?$/.test(file.path));
const everything = sources([""], [".ts", ".tsx", ".mjs", ".md", ".json", ".jsonc", ".yml", ".yaml", ".css", ".html", ".svg", ".sh"]);

// "custom" and the ground are words of ours, not names of foreign systems.
const ownWords = new Set(["custom", ...stacks.filter((stack) => stack.ground).map((stack) => stack.id)]);
const names = [...new Set(["openclaw", "nanoclaw", "kruxos", "sanctum", ...stacks.map((stack) => stack.id)])].filter(
  (id) => !ownWords.has(id),
);

// Put together from pieces, so that this file does not match itself.
const machinePath = new RegExp(
  [
    ["/work", "main"],
    ["/work", "shared"],
    ["/farm", ""],
    ["/tmp", "bash_jobs"],
    ["/tmp", "studio"],
  ]
    .map((parts) => parts.join("/"))
    .join("|"),
);
const registry = new RegExp(["registry\\.", "npmjs\\.org|deb\\.", "debian\\.org"].join(""));
const unfinished = new RegExp(
  `\\b(${["TO", "FIX", "XX", "HA"].map((start, at) => start + ["DO", "ME", "X", "CK"][at]).join("|")})\\b|not implemented`,
);

const file = (path: string, text: string): SourceFile => ({ path, text });

type Row = {
  readonly title: string;
  readonly rule: SourceRule;
  readonly over: readonly SourceFile[];
  readonly wrong: readonly SourceFile[];
};

const rules: readonly Row[] = [
  {
    title: "names of stacks stay in their own folder",
    rule: namesNoStack(names),
    over: [...production, ...scripts],
    wrong: [
      file("main/core/engine/gate.ts", 'if (stack === "OpenClaw") return;'),
      file("renderer/parts/logo.tsx", "const sanctumLogo = sanctum_svg;"),
    ],
  },
  {
    title: "production files have at most 300 lines",
    rule: staysShort(300),
    over: [...production, ...scripts],
    wrong: [file("main/app.ts", "\n".repeat(301))],
  },
  {
    title: "no any",
    rule: mustNotMatch(/(:|\bas|<)\s*any\b(?!\s+\w)/, "any"),
    over: code,
    wrong: [file("main/a.ts", "const seen: any = 1;"), file("main/b.ts", "read(x as any)"), file("main/c.ts", "new Map<any, 1>()")],
  },
  {
    title: "no double cast outside the contract's own definitions",
    rule: mustNotMatch(/\bas unknown as\b/, "double cast"),
    over: code.filter((each) => each.path !== "main/core/contract/define.ts"),
    wrong: [file("main/a.ts", "return value as unknown as Snapshot;")],
  },
  {
    title: "no compiler or linter is silenced in production code",
    rule: mustNotMatch(/@ts-(ignore|expect-error|nocheck)|biome-ignore-all/, "silenced"),
    over: code,
    wrong: [file("main/a.ts", "// @ts-ignore")],
  },
  {
    title: "nothing is left for later",
    rule: mustNotMatch(unfinished, "unfinished"),
    over: [...written, ...scripts],
    wrong: [file("main/a.ts", `// ${"TO"}${"DO"}: cap this`), file("main/b.ts", 'throw new Error("not implemented")')],
  },
  {
    title: "files are named after what they are",
    rule: saysWhatItIs,
    over: code,
    wrong: [file("main/core/engine/light-utils.ts", ""), file("main/hosts/http/helper.ts", ""), file("main/adapters/service.ts", "")],
  },
  {
    title: "commands never go through a shell and never ask for more rights",
    rule: mustNotMatch(/shell:\s*true|["'`]sudo\b/, "shell or sudo"),
    over: code,
    wrong: [file("main/a.ts", 'run("ls", { shell: true })'), file("main/b.ts", 'argv: ["sudo", "systemctl"]')],
  },
  {
    title: "the page writes text, never markup",
    rule: mustNotMatch(/dangerouslySetInnerHTML|\.innerHTML\s*=|insertAdjacentHTML|document\.write/, "raw markup"),
    over: code.filter((each) => each.path.startsWith("renderer/")),
    wrong: [file("renderer/a.tsx", "<p dangerouslySetInnerHTML={x} />")],
  },
  {
    title: "nothing inline that the page's own policy would refuse",
    rule: mustNotMatch(/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+="/, "inline style, script or handler"),
    over: production.filter((each) => each.path.endsWith(".html")),
    wrong: [file("renderer/index.html", "<script>start()</script>"), file("renderer/index.html", '<p onclick="go()">')],
  },
  {
    title: "a stack never imports another stack",
    rule: keepsApart("main/catalog/stacks"),
    over: code,
    wrong: [file("main/catalog/stacks/one/index.ts", 'import { port } from "../two/port.ts";')],
  },
  {
    title: "an adapter never imports another adapter",
    rule: keepsApart("main/adapters"),
    over: code,
    wrong: [file("main/adapters/files/tail.ts", 'import { execa } from "../command-runner/execa.ts";')],
  },
  {
    title: "a front never imports another front",
    rule: keepsApart("main/hosts", ["http"]),
    over: code,
    wrong: [file("main/hosts/http/serve.ts", 'import { tray } from "../electron/tray.ts";')],
  },
  {
    title: "probes know no stack and no wizard",
    rule: (files) => [
      ...neverImports("main/catalog/probes/", "main/catalog/stacks/")(files),
      ...neverImports("main/catalog/probes/", "main/catalog/wizards/")(files),
    ],
    over: code,
    wrong: [file("main/catalog/probes/http/index.ts", 'import { x } from "../../stacks/one/index.ts";')],
  },
  {
    title: "wizards know no stack",
    rule: neverImports("main/catalog/wizards/", "main/catalog/stacks/"),
    over: code,
    wrong: [file("main/catalog/wizards/paste-key/index.ts", 'import { x } from "../../stacks/one/index.ts";')],
  },
  {
    title: "production code imports no test and nothing from tests/",
    rule: (files) => [...neverImports("", "tests/")(files), ...mustNotMatch(/from "[^"]+\.test\.ts"/, "imports a test")(files)],
    over: code,
    wrong: [file("main/hosts/cli/demo.ts", 'import { world } from "../../../tests/support/world.ts";')],
  },
  {
    title: "no path of one machine and no address of a package registry",
    rule: (files) => [...mustNotMatch(machinePath, "a path of one machine")(files), ...mustNotMatch(registry, "a registry")(files)],
    over: everything,
    wrong: [file("docs/x.md", ["/work", "main/README.md"].join("/")), file("package-lock.json", `"https://${"registry"}.npmjs.org/x"`)],
  },
  {
    title: "production code does not lean on material beside the repository",
    rule: mustNotMatch(/\.\.\/shared\b/, "reads outside the repository"),
    over: [...production, ...scripts],
    wrong: [file("main/a.ts", 'readFileSync("../shared/x")')],
  },
];

it("looks at a whole tree, not at an empty list", () => {
  expect(code.length).toBeGreaterThan(40);
  expect(everything.length).toBeGreaterThan(code.length + scripts.length);
  expect(names).toContain("openclaw");
});

describe.each(rules)("$title", ({ rule, over, wrong }) => {
  it("bites on every wrong example", () => {
    for (const example of wrong) expect(rule([example]), example.path).not.toEqual([]);
  });

  it("holds for the tree", () => expect(rule(over)).toEqual([]));
});

describe("sizes", () => {
  const sizes = code.map((each) => lineCount(each.text)).sort((one, other) => one - other);
  const at = (share: number): number => sizes[Math.floor(sizes.length * share)] ?? 0;

  it("keeps nine files of ten within 180 lines and the middle one within 80", () => {
    expect(at(0.9)).toBeLessThanOrEqual(180);
    expect(at(0.5)).toBeLessThanOrEqual(80);
  });

  it("has at least as many lines of proof as lines that run", () => {
    const proof = sources(["main", "preload", "renderer", "tests"]).filter((each) => isProof(each.path));
    const lines = (files: readonly SourceFile[]): number => files.reduce((sum, each) => sum + lineCount(each.text), 0);
    expect(lines(proof)).toBeGreaterThanOrEqual(lines(code));
  });
});

it("keeps the top level to the names that were agreed", () => {
  const agreed = [
    "main",
    "renderer",
    "preload",
    "build",
    "tests",
    "docs",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
  ];
  const top = [...new Set(paths("").map((path) => path.split("/")[0] ?? ""))].filter((name) => !name.startsWith("."));
  expect(
    top.filter((name) => !agreed.includes(name)),
    `in ${root}`,
  ).toEqual([]);
});
