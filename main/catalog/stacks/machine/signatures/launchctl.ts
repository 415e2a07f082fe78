import type { PatternSignature } from "../../../../core/model/signature.ts";
import { codes } from "../codes.ts";
import { says } from "./pattern.ts";

/** `Bootstrap failed: 5: …`, `Boot-out failed: …`, `Could not kickstart service "…": …` with one of these numbers. */
const failedWith = (numbers: string): RegExp =>
  new RegExp(
    `(?:\\b(?:Bootstrap|Boot-out|Bootout|Load|Unload|Kickstart|Enable|Disable|Kill) failed|\\bCould not (?:kickstart|bootstrap|bootout|boot out|enable|disable|start|signal|load|unload) service(?: ["“'][^"”']{1,200}["”'])?): (?:${numbers})(?::|\\s*$)|\\bFailed to (?:bootstrap|boot out|bootout|kickstart|load|unload|enable) .{1,200}\\berror = (?:${numbers})\\b`,
    "i",
  );

const notFound = (domain: string): RegExp =>
  new RegExp(`Could not find service ["“'\`]?[\\w.@:-]{1,200}["”'\`]? in domain for ${domain}`, "i");

/** The question "is it there?" is answered in two lines; a lone line comes from a verb that was told to act on it. */
const asked = /^\s*Bad request\.?\s*$/;

/** What `launchctl` says on its way out. Its exit status equals the number in the text, except for the legacy load and unload. */
export const launchctl: readonly PatternSignature[] = [
  says(codes.notLoaded, 0.9, [notFound("(?:user (?:gui|user)|port|login|user|pid|uid)\\b(?!: ?0\\b)"), failedWith("113")]),
  says(codes.notLoaded, 0.9, [notFound("system\\b")], { all: [asked] }),
  says(codes.notLoaded, 0.75, [notFound("system\\b")], { not: [asked] }),
  says(codes.notLoaded, 0.85, [
    /\bCould not find specified service\b/i,
    /\b(?:launchctl|service|job)\b.{0,80}\b(?:exit(?:ed)?(?: code| status)?|code|status|rc)[ =:]{1,3}113\b/i,
    /\blaunchctl: Couldn'?t stat\(/i,
    /\bnothing found to load\b/i,
    /\.plist: No such file or directory\s*$/i,
    failedWith("2"),
    /\.plist: file does not exist or is not readable/i,
  ]),
  says(codes.notLoaded, 0.6, [failedWith("3"), /^Could not unload service: 3\b/i]),

  // Looked for in the machine-wide domain by somebody who wanted to act: with sudo that is the wrong place for an account's own job.
  says(codes.noSession, 0.8, [notFound("system\\b")], { not: [asked] }),
  says(codes.noSession, 0.9, [
    /\bCould not find domain for\b.{0,40}\b(?:gui|user|login|port|uid|pid|session)\b/i,
    /\bCould not switch to audit session\b/i,
    /\bExpecting a Launch(?:Agents|Daemons) path since the command was ran as\b/i,
    /^(?:launchctl: )?Unrecognized target specifier\b/i,
    /\bDomain does not support specified action\b/i,
    /\bcannot load in requested session\b/i,
    /\bNot privileged to (?:set domain environment|manage (?:the )?gui)\b/i,
    notFound("(?:user gui|user|uid): ?0\\b"),
    failedWith("112|125|134"),
  ]),
  says(codes.noSession, 0.6, [/\blaunchctl (?:bootstrap|bootout|kickstart|print|enable|asuser)(?: -\w+)? gui\/0(?:\/|\s|$)/i]),

  says(codes.inTransition, 0.85, [failedWith("5|36|37|124|130")]),
  says(codes.inTransition, 0.8, [
    /(?:^|: )(?:the )?(?:service |job )?(?:is )?already (?:bootstrapped|loaded)\.?\s*$/i,
    /^\s*(?:[\w ./-]{1,200}: )?(?:Operation already in progress|Operation now in progress)\s*$/i,
    /^\s*5: Input\/output error\s*$/i,
    /\blaunchctl\b.{0,120}\b(?:exit(?:ed)?(?: code| status)?|code|status|rc)[ =:]{1,3}(?:5|36|37)\b/i,
  ]),
  says(codes.inTransition, 0.75, [failedWith("17"), /(?:^|: )domain is tearing down\.?\s*$/i]),

  says(codes.disabled, 0.95, [failedWith("119|161"), /^(?:launchctl: |Error: |error: )?Service is disabled\.?\s*$/i]),
  says(codes.disabled, 0.9, [
    /\b(?:cannot be launched because of|blocked by|denied launch by) BTM\b/i,
    /\bdenied launch by BTM\b/i,
    /\berror 0xa1\b/i,
    /\b(?:SMAppService|login item)\b.{0,80}\b(?:requires[- ]?approval|not approved)\b/i,
    /^\s*status:? requires-approval\s*$/i,
    /\bhas been disallowed by (?:the )?user\b.{0,60}\bLogin Items\b/i,
  ]),
  says(codes.disabled, 0.85, [/^\s*"[\w.-]{3,160}" => disabled\s*$/], { not: [/=> enabled/, /^\s*"com\.apple\./, /disabled services = /] }),

  says(codes.neverStarted, 0.85, [/\bpended nondemand spawn = /, failedWith("146")]),
  says(codes.neverStarted, 0.7, [/\bpending spawn, domain in on-demand-only mode\b/], {
    not: [/xpcproxy spawned with pid/, /\bSuccessfully spawned\b/, /service state: (?:xpcproxy|running)/],
  }),

  says(codes.definitionRefused, 0.92, [
    /\bPath had bad ownership\/permissions\b/i,
    /\bDubious (?:ownership|permissions) on file\b/i,
    failedWith("107|108|109|110|111|122|133"),
    /\bno plist was returned for: /i,
    /\.plist\b.{0,60}\b(?:world|group)[- ]writable\b/i,
    /\bService cannot be loaded because (?:its|the) (?:plist|property list) is invalid\b/i,
  ]),
  says(codes.definitionRefused, 0.8, [
    /^(?:.{0,200}: )?(?:Invalid property list|Malformed bundle|Invalid or missing Program\/ProgramArguments)\.?\s*$/i,
  ]),

  says(codes.spawnFailed, 0.85, [failedWith("78|126|127")]),
  says(codes.codeIdentity, 0.85, [failedWith("155|159"), /^\s*properties = .{0,400}\bneeds LWCR update\b/], {
    not: [/^\s*(?:state = (?:running|not running)|job state = running)\s*$/],
  }),
];
