import type { Remedy } from "../../../../core/model/stack.ts";
import { ask, asked, claw, identifier, NOTHING, type RemedyPlace, recheck, remedy } from "./step.ts";
import { restartSteps } from "./unit-steps.ts";

/** Plans about channels, their rules, and work on a schedule. */
export const channelRemedies = (place: RemedyPlace): readonly Remedy[] => [
  remedy({
    id: "repair-channel",
    title: "Find out why the channel is silent",
    interrupts: NOTHING,
    undo: "Nothing is changed",
    verify: "The channel is connected and passes a test message",
    plan: () => [
      asked(place, ["channels", "status", "--probe", "--json"], "Ask every channel's provider now"),
      ask(
        "Network errors: check the way to the provider. 401 or 403, missing_scope, not_in_channel: rights or membership at the provider. Conflict or 440: a second program uses the same account; end it. Logged out: openclaw channels login in a terminal.",
      ),
      recheck("channels", "The channel is connected"),
    ],
  }),
  remedy({
    id: "resume-channels",
    title: "Start channels that were held back",
    interrupts: "Nothing for one channel; a clean start cuts everything off for some seconds",
    undo: "openclaw gateway call channels.stop for the same channel",
    verify: "The channel is connected",
    plan: (value) => {
      const channel = identifier(value("channel"));
      return [
        ask(
          "Only after the cause of the restarts is gone: held-back channels start with the next clean start of the gateway, or one by one.",
        ),
        ...(channel === undefined
          ? [
              ask("One by one: openclaw gateway call channels.start with the name of the channel. Or go on here with one clean start."),
              ...restartSteps(place),
            ]
          : [claw(place, ["gateway", "call", "channels.start", "--params", JSON.stringify({ channel }), "--json"], `Start ${channel}`)]),
        recheck("channels", "The channel is connected"),
      ];
    },
  }),
  remedy({
    id: "review-channel-policy",
    title: "Look at the channel's rules",
    interrupts: NOTHING,
    undo: "Set the former value again",
    verify: "A test message is answered",
    plan: (value) => {
      const channel = identifier(value("channel"));
      return [
        asked(
          place,
          ["config", "get", channel === undefined ? "channels" : `channels.${channel}`, "--json"],
          "Show who may write, and when a mention is needed",
        ),
        ask(
          "Add the sender to allowFrom or groupAllowFrom, choose pairing, or switch requireMention off for that group. Leave it if the message was rightly ignored.",
        ),
        recheck("channels", "The channel is connected"),
      ];
    },
  }),
  remedy({
    id: "review-sender",
    title: "Approve or ignore the new sender",
    interrupts: NOTHING,
    undo: "Remove the sender from the channel's list",
    verify: "Nobody waits any more",
    plan: (value) => {
      const channel = identifier(value("channel"));
      return [
        asked(
          place,
          ["pairing", "list", ...(channel === undefined ? [] : [channel]), "--json"],
          "Show who waits, with the codes they were given",
        ),
        ask(
          "If you know the sender and the code is the one that person sees: openclaw pairing approve CHANNEL CODE. Otherwise let it lapse within the hour.",
        ),
        recheck("channels", "The channel is connected"),
      ];
    },
  }),
  remedy({
    id: "review-job",
    title: "Find out why the job did not deliver",
    interrupts: NOTHING,
    undo: "Nothing is changed",
    verify: "The next run ends well and is delivered",
    plan: (value) => {
      const job = identifier(value("jobId"));
      return [
        asked(place, ["cron", "list", "--json"], "Show all jobs with their last result"),
        ...(job === undefined
          ? []
          : [asked(place, ["cron", "runs", "--id", job, "--limit", "5", "--json"], "Show the last runs of this job")]),
        ask(
          "auth or billing: renew the provider's credential. No route: write to the bot once from the target, or set the delivery target. Skipped in quiet hours: nothing to do.",
        ),
        recheck("cron", "The scheduler is on time"),
      ];
    },
  }),
];
