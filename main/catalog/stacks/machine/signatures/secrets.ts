import type { PatternSignature } from "../../../../core/model/signature.ts";
import { codes } from "../codes.ts";
import { says } from "./pattern.ts";

/** Words of the login keychain and of the Secret Service. *Locked*, *denied* and *missing* are different facts. */
export const secretStores: readonly PatternSignature[] = [
  says(codes.secretMissing, 0.93, [
    /\bThe specified item could not be found in the keychain\b/i,
    /\berrSecItemNotFound\b/,
    /\bOSStatus (?:error )?-25300\b|\(-25300\)|\berror:? -25300\b/,
    /\bNo matching entry found in secure storage\b/i,
  ]),
  says(codes.secretMissing, 0.8, [
    /\b(?:security|keychain)\b.{0,160}\b(?:exit(?:ed)?(?: with)?(?: code| status)?|code|status|rc)[ =:]{1,3}44\b/i,
  ]),

  says(codes.secretsLocked, 0.93, [
    /\bUser interaction is not allowed\b/i,
    /\berrSec(?:InteractionNotAllowed|AuthFailed|InteractionRequired|InDarkWake|NotAvailable|NoDefaultKeychain)\b/,
    /\bOSStatus (?:error )?-(?:25308|25293|25315|25320|25291|25307)\b|\(-(?:25308|25293|25315|25320|25291|25307)\)|\berror:? -(?:25308|25293|25315|25320|25291|25307)\b/,
    /\bThe user name or passphrase you entered is not correct\b/i,
    /\b(?:No keychain is available|A default keychain could not be found|In dark wake, no UI possible)\b/i,
    /\bObject does not exist at path ["“']\/org\/freedesktop\/secrets\/collection\//,
    /\bCannot (?:create|get|set|delete) .{1,60}\blocked (?:collection|object|item)\b/i,
    /\borg\.freedesktop\.Secret\.Error\.IsLocked\b/,
    /\b(?:the )?(?:collection|keyring|login keyring|keychain|default keyring) (?:is |"[^"]{1,80}" is )(?:still )?locked\b/i,
    /\bunlock prompt was dismissed\b/i,
    /\bFailed to unlock the (?:collection|keyring|keychain|item)\b/i,
    /\bThe name (?:is not activatable: )?org\.freedesktop\.secrets was not provided by any \.service files\b/,
    /\bCouldn['’]t access platform storage\b/i,
    /\bkeyring\.errors\.(?:KeyringLocked|NoKeyringError|InitError)\b/,
  ]),
  says(codes.secretsLocked, 0.8, [
    /\bCannot autolaunch D-Bus without X11\b/,
    /\b(?:security|keychain)\b.{0,160}\b(?:exit(?:ed)?(?: with)?(?: code| status)?|code|status|rc)[ =:]{1,3}(?:36|51)\b/i,
    /\bStartServiceByName for org\.freedesktop\.secrets\b/,
    /\bFailed to execute child process ["“']dbus-launch["”']/,
    /\b(?:keychain|keyring|secret|security|collection)\b.{0,120}\b(?:prompt (?:was )?dismissed|user cancell?ed the operation)\b/i,
    /\bCSSM_ERRCODE_OBJECT_ACL_REQUIRED\b/,
    /\bcouldn['’]t (?:create|show) (?:system )?prompt(?:er)?\b.{0,120}/i,
    /\bgcr-prompter\b.{0,160}\bcannot open display\b/i,
  ]),
];
