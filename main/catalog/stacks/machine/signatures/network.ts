import type { PatternSignature } from "../../../../core/model/signature.ts";
import { codes } from "../codes.ts";
import { says } from "./pattern.ts";

/** Lines of an SSH server about its callers: not our rung. */
const served = /\bsshd(?:-session)?\[\d+\]|\[preauth\]/;
const connectTo = "\\bssh: connect to (?:host|address) \\S{1,255} port \\d{1,5}: ";

/** Ports that are taken, SSH that does not get through, networks without a way. */
export const network: readonly PatternSignature[] = [
  says(codes.portHeld, 0.85, [
    /\bEADDRINUSE\b.{0,40}\baddress already in use\b/i,
    /\b(?:listen|bind|binding)\b.{0,160}\baddress already in use\b/i,
    /\[Errno (?:48|98)\] .{0,80}\baddress (?:is )?already in use\b/i,
    /\((?:48|98): Address already in use\)/i,
    /\bjava\.net\.BindException: /,
    /\bAddress already in use \(os error (?:48|98)\)/i,
    /\bonly one usage of each socket address\b/i,
    /\bBind for \S{1,80}:\d{1,5} failed: port is already allocated\b/i,
    /\bPorts are not available: /i,
    /\bcannot listen to port: \d{1,5}\b/i,
    /^bind \[\S{2,60}\]:\d{1,5}: Address already in use/i,
  ]),
  says(codes.portHeld, 0.75, [
    /\bport:? \d{2,5} (?:is )?already (?:in use|allocated|taken|bound)\b/i,
    /\bport:? \d{2,5} is (?:in use|busy|occupied|taken) by\b/i,
    /\bSomething is already (?:running|listening) on port \d{2,5}\b/i,
    /\banother (?:process|program|instance) (?:is )?(?:already )?(?:using|listening on|holds) (?:port )?\S{0,60}\d{2,5}\b/i,
    /^(?:.{0,120}: )?Address already in use\.?\s*$/i,
  ]),

  says(
    codes.sshBroken,
    0.93,
    [
      new RegExp(
        `${connectTo}(?:Connection refused|(?:Operation|Connection) timed out|Connection reset by peer|Host is down|Undefined error: 0|Permission denied)`,
        "i",
      ),
      /\bssh: Could not resolve hostname \S{1,255}: /i,
      /\bHost key verification failed\b/i,
      /\bREMOTE HOST IDENTIFICATION HAS CHANGED\b/,
      /\bPermission denied \((?:publickey|password|keyboard-interactive|gssapi|hostbased)[a-z,-]{0,120}\)/i,
      /\bkex_exchange_identification: /,
      /\bssh_exchange_identification: /,
      /\bToo many authentication failures\b/i,
      /\bUnable to negotiate with \S{1,255} port \d{1,5}: /i,
      /\bUNPROTECTED PRIVATE KEY FILE\b/,
      /\bLoad key ["“'][^"”']{1,255}["”']: (?:invalid format|bad permissions|Permission denied|error in libcrypto)/i,
      /\bsign_and_send_pubkey: (?:signing failed|no mutual signature)/i,
      /\bNo (?:ED25519|RSA|ECDSA) host key is known for\b/i,
      /\bBad owner or permissions on \S{1,200}\/\.ssh\//i,
      /\bOffending (?:ED25519|RSA|ECDSA|DSA|\S{1,20})? ?key in \S{1,200}known_hosts\b/i,
      /\bssh_dispatch_run_fatal: /,
      /\bCould not open a connection to your authentication agent\b/i,
      /\bremote port forwarding failed for listen port \d{1,5}\b/i,
      /\bCould not request local forwarding\b/i,
    ],
    { not: [served] },
  ),
  says(codes.sshBroken, 0.82, [new RegExp(`${connectTo}(?:No route to host|Network is unreachable)`, "i")], { not: [served] }),
  says(
    codes.sshBroken,
    0.75,
    [
      /^(?:ssh: |debug\d: )?Connection (?:closed|reset|timed out|refused) (?:by|to|during banner exchange).{0,120}\bport \d{1,5}\b/i,
      /^Connection timed out during banner exchange\b/i,
      /^channel \d{1,4}: open failed: /i,
      /^stdio forwarding failed\b/i,
      /^(?:\S{1,200}: )?Permission denied, please try again\.\s*$/i,
      /^client_loop: send disconnect: /,
      /^Timeout, server \S{1,255} not responding\b/i,
      /^Connection to \S{1,255} (?:closed by remote host|timed out)\b/i,
      /\bssh\b.{0,120}\bexit(?:ed)?(?: with)?(?: code| status)? 255\b/i,
    ],
    { not: [served] },
  ),

  says(codes.noRoute, 0.88, [
    // At the end of what was said: "…: No route to host", also before a bracket, a quote or a full stop.
    /\bNo route to host\s*(?:$|[.,;()[\]{}"'\\])/i,
    /\b(?:ping6?|curl|nc|ncat|sendto|connect(?! to (?:\w{1,20} scope )?bus\b)|dial)\b.{0,255}\bHost is down\b/i,
    /\[Errno (?:65|113)\] No route to host\b/i,
    /\bEHOSTUNREACH\b.{0,80}\d/,
    /\bifconfig: (?:interface )?\S{2,20}:? (?:does not exist|no such interface)\b/i,
    /\bLocal network (?:access )?(?:prohibited|denied|blocked)\b/i,
    /\b(?:Device|interface) ["“']?(?:bridge|docker|br-|vmnet|virbr|podman|cni|utun|tailscale)\S{0,20}["”']? (?:does not exist|not found)\b/i,
    /^(?:bridge|docker|vmnet|virbr|podman)\d{0,4}: error fetching interface information\b/i,
  ]),
  says(codes.noRoute, 0.7, [
    /\bENETUNREACH\b.{0,80}\d/,
    /\b(?:connect|sendto|dial tcp)\b.{0,255}\bNetwork is unreachable\b/i,
    /\bEHOSTDOWN\b.{0,80}\d/,
  ]),
  says(codes.noRoute, 0.5, [/\b100(?:\.0)?% packet loss\b/], { all: [/^PING |\bping statistics\b/] }),
];
