import type { Remedy } from "../../../../core/model/stack.ts";
import {
  ask,
  asked,
  claw,
  identifier,
  NOTHING,
  open,
  RESTART_CUTS,
  type RemedyPlace,
  recheck,
  remedy,
  run,
  setMode,
  wait,
} from "./step.ts";
import { restartSteps } from "./unit-steps.ts";

/** Plans about tokens, devices and the ways in. None of them prints or types a secret. */
export const authRemedies = (place: RemedyPlace): readonly Remedy[] => [
  remedy({
    id: "provide-token",
    title: "Give the client the gateway's token",
    interrupts: NOTHING,
    undo: "Remove the token from the client again",
    verify: "The gateway lets the client in",
    plan: () => [
      asked(place, ["gateway", "status", "--json"], "See whether the gateway expects a token or a password"),
      ask(
        "On the gateway's machine, in a terminal: openclaw gateway auth-token --show. Put that value into the client. A remote client stores it with: openclaw config set gateway.remote.token.",
      ),
      ask(
        "If the gateway has no token at all, set gateway.auth.token to a new random value of at least 32 characters, then restart. Never paste the word __OPENCLAW_REDACTED__: it is what is shown in place of a secret.",
      ),
      recheck("session", "The gateway lets us in"),
    ],
  }),
  remedy({
    id: "align-token",
    title: "Find the copy of the token that differs",
    interrupts: NOTHING,
    undo: "Put the former value back where you changed it",
    verify: "The gateway lets us in with the shared token",
    plan: () => [
      asked(place, ["gateway", "status", "--json"], "Keep what the service layer says of its token"),
      ask(
        `Compare the fingerprints in the evidence: ${place.configPath}, ${place.stateDir}/.env, the service unit ${place.label}, and OPENCLAW_GATEWAY_TOKEN in your shell. Decide which value is right; gateway.auth.token should be the only one.`,
      ),
      // A client that tries an old token is no reason to interrupt a gateway that works.
      ask(
        "Remove the other copies. A changed gateway.auth.token is taken over without a restart. Only a copy in the service unit is not: writing the unit again is the other plan of this finding.",
      ),
      recheck("session", "The gateway lets us in with the shared token"),
    ],
  }),
  remedy({
    id: "rotate-device-token",
    title: "Issue the device a new token",
    interrupts: "The device is cut off until it has the new token",
    undo: "A replaced token cannot be brought back; the device can be approved again",
    verify: "The device connects",
    atLeast: "disruptive",
    plan: (value) => {
      const device = identifier(value("deviceId"));
      return [
        asked(place, ["devices", "list", "--json"], "Find the device by name and address"),
        ask("If every command is refused with the same words, look for an old OPENCLAW_GATEWAY_TOKEN in the service unit first."),
        ...(device === undefined
          ? [ask("Then: openclaw devices rotate --device DEVICE-ID --role operator --json")]
          : [
              claw(place, ["devices", "rotate", "--device", device, "--role", "operator", "--json"], "Issue a new token for this device", {
                risk: "disruptive",
              }),
            ]),
        recheck("session", "The gateway lets us in"),
      ];
    },
  }),
  remedy({
    id: "approve-pairing",
    title: "Approve the waiting device",
    interrupts: NOTHING,
    undo: "openclaw devices remove DEVICE-ID",
    verify: "The device connects with the rights you approved",
    plan: (value) => {
      const request = identifier(value("requestId"));
      return [
        asked(place, ["devices", "list", "--json"], "Show who asks, from which address, and for which rights"),
        ask(
          "Compare device, address and requested rights with what you expect. Approve only what you recognise. Requests end after five minutes, and a new one has a new number.",
        ),
        request === undefined
          ? ask("Then: openclaw devices approve REQUEST-ID --json, with the number from the list")
          : claw(place, ["devices", "approve", request, "--json"], `Approve request ${request} and nothing else`),
        recheck("session", "The gateway lets the device in"),
      ];
    },
  }),
  remedy({
    id: "wait-out-lockout",
    title: "Stop the client that loops, then wait",
    interrupts: NOTHING,
    undo: "Nothing is changed",
    verify: "The gateway lets us in",
    plan: (value) => [
      ask(
        "In the gateway log, the lines with reason=token_mismatch just before reason=rate_limited name the client (client=). Stop it or correct its token: each attempt keeps the lock alive.",
      ),
      wait(
        "The gateway forgets failed attempts after about five minutes",
        Math.min(Math.max(Number(value("retryAfterMs")) || 300_000, 1_000), 600_000),
      ),
      recheck("session", "The gateway lets us in"),
    ],
  }),
  remedy({
    id: "update-client",
    title: "Update the client and check its clock",
    interrupts: NOTHING,
    undo: "Nothing is changed",
    verify: "The client connects",
    plan: () => [
      ask("Compare the clocks of both machines: more than two minutes apart is refused. Switch automatic time on."),
      ask("Update the client to the release of the gateway and start it again, so that it signs the challenge of its new connection."),
      recheck("session", "The gateway lets us in"),
    ],
  }),
  remedy({
    id: "review-device-scopes",
    title: "See who may change devices",
    interrupts: NOTHING,
    undo: "Nothing is changed",
    verify: "The change is accepted",
    plan: () => [
      asked(place, ["devices", "list", "--json"], "Show which device holds operator.admin or operator.pairing"),
      ask(
        "A device may change only itself and may not hand out rights it lacks. Repeat the change on the gateway's own machine, where the shared token is enough.",
      ),
      recheck("devices", "The list of devices is as you want it"),
    ],
  }),
  remedy({
    id: "repair-control-socket",
    title: "Correct the control socket",
    interrupts: RESTART_CUTS,
    undo: "Lamplighter keeps the former permissions of the token file; those of the socket are made anew by the desktop app",
    verify: "Reads come back without waiting",
    plan: (value) => [
      ask(
        `Both ${place.stateDir}/mac-control.sock and mac-control.token should be yours, with mode 600 (ls -l shows it). Files of another account: quit the desktop app and remove them with the rights of that account.`,
      ),
      ...(value("token") === "shut"
        ? [setMode(`${place.stateDir}/mac-control.token`, 0o600, "Give the token file the mode it should have")]
        : []),
      ...(value("socket") === "shut"
        ? [run(["chmod", "600", `${place.stateDir}/mac-control.sock`], "Give the socket the mode it should have")]
        : []),
      ...restartSteps(place),
      recheck("session", "Reads work again"),
    ],
  }),
  remedy({
    id: "align-address",
    title: "Use one address that fits the gateway's setting",
    interrupts: NOTHING,
    undo: "Set the former bind mode or address again",
    verify: "Every address that should work does",
    plan: () => [
      asked(place, ["config", "get", "gateway.bind"], "Show where the gateway listens"),
      ask(
        "The evidence names the first address that differs. Clients elsewhere need bind lan or tailnet, or a tunnel to loopback. Behind a proxy, name it in gateway.trustedProxies. Plain ws:// is only for loopback.",
      ),
      recheck("address", "All addresses answer alike"),
    ],
  }),
  remedy({
    id: "open-dashboard",
    title: "Open the dashboard the right way",
    interrupts: NOTHING,
    undo: "Nothing is changed",
    verify: "The page connects",
    plan: () => [
      open(`http://127.0.0.1:${place.port}/`, "Open the dashboard on loopback, where a device identity is allowed"),
      ask(
        "For another name use HTTPS and add its origin: openclaw config set gateway.controlUi.allowedOrigins. Reload a page that is older than the gateway.",
      ),
      recheck("live", "The gateway serves the page"),
    ],
  }),
];
