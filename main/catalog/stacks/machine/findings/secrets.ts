import type { FindingKind } from "../../../../core/model/finding.ts";
import { codes } from "../codes.ts";

/** The places of the system that keep secrets. Locked, denied and missing are told apart. */
export const secretFindings: readonly FindingKind[] = [
  {
    code: codes.secretsLocked,
    symptoms: ["G13"],
    light: "amber",
    layer: 0,
    title: "The keychain or keyring is locked, or cannot be reached from here",
    detail:
      "The secret may well be there, but this session may not read it: the store is locked, nobody can be asked at the screen, or access was denied.",
    explains: [codes.secretMissing],
    remedies: ["unlock-at-screen"],
    runbook:
      "Unlock it where you sit: log in at the screen of that machine, and the login keychain or keyring opens with it. Over SSH the keychain stays locked even if it is open at the screen; we never unlock it from there, since that would need your password in a command. On a Linux machine without a desktop, start the keyring inside a D-Bus session and unlock it once. If access was denied although the store is open, the item trusts another program: read it with the tool that wrote it.",
  },
  {
    code: codes.secretMissing,
    symptoms: ["G14"],
    light: "red",
    layer: 6,
    title: "A secret is not in the keychain",
    detail: "The store is open and has no item under this name. It was never saved, was saved under another account name, or was removed.",
    remedies: ["store-secret-again"],
    runbook:
      "Make sure that the name is right: service and account must both match, and another account of this machine has a keychain of its own. If the item is gone, save it again with the tool it belongs to, usually by signing in there once more. Do not create it by hand with the secret on the command line, where other programs can read it.",
  },
];
