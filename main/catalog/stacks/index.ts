import type { Stack } from "../../core/model/stack.ts";
import { machine } from "./machine/index.ts";
import { openclaw } from "./openclaw/index.ts";

/** Every stack this release knows, the ground first. */
export const stacks: readonly Stack[] = [machine, openclaw];
