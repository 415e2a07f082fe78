import type { CommandOutcome } from "../../../../core/ports/command-runner.ts";
import { oneLine } from "../knowledge/loose.ts";
import { ownCheck } from "./own-check.ts";

/** A target as ssh takes it. Anything that could be read as an option is not passed on. */
const target = /^[A-Za-z0-9_][A-Za-z0-9_.@:%+-]{0,253}$/;

/** Whether the SSH target that OpenClaw's settings name can be reached. It goes out to the network, so only on demand. */
export const tunnelCheck = (sshTarget: string) =>
  ownCheck<CommandOutcome | null>(
    { id: "tunnel", title: "SSH way to the gateway", kind: "command", lane: "deep", everyMs: 86_400_000, timeoutMs: 20_000 },
    async ({ ports, progress, signal }) => {
      if (!target.test(sshTarget)) return null;
      progress("Knocking with ssh");
      const args = ["-o", "BatchMode=yes", "-o", "ConnectTimeout=5", "-o", "StrictHostKeyChecking=yes", "--", sshTarget, "true"];
      return ports.commands.run({ file: "ssh", args, timeoutMs: 15_000, signal });
    },
    (outcome) => {
      if (outcome === null) return { light: "grey", summary: "The SSH target in the settings is not a plain name" };
      if (outcome.kind === "not-found" || outcome.kind === "not-executable")
        return { light: "grey", summary: "There is no ssh program here" };
      if (outcome.kind === "exited" && outcome.exitCode === 0) return { light: "green", summary: "The SSH target lets us in" };
      const said = "stderr" in outcome ? oneLine(outcome.stderr.trim().split("\n").at(-1) ?? "", 160) : "";
      const text = said === "" ? `ssh ended without a reason (${outcome.kind})` : said;
      const findings = [{ code: "openclaw.probe.ssh-tunnel-failed", params: { target: sshTarget }, evidence: [{ source: "ssh", text }] }];
      return { light: "amber", summary: oneLine(text, 90), findings };
    },
  );
