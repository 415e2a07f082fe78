import type { PatternSignature } from "../../../../core/model/signature.ts";
import { codes } from "../codes.ts";
import { says } from "./pattern.ts";

/** What the property list parser says, alone or after the path of the file that `plutil` looked at. */
export const plist: readonly PatternSignature[] = [
  says(codes.definitionRefused, 0.9, [
    /: (?:Property List error: )?(?:Found non-key|Value missing for key|Missing value for key) inside <dict> at line \d/i,
    /: (?:Property List error: )?Unexpected character .{1,4} at line \d/i,
    /: (?:Property List error: )?(?:Encountered|Found) (?:unexpected|unknown|improper|misplaced|empty|malformed) .{1,120}\b(?:line \d|at line|tag|element|EOF|character|CDATA|end of file)/i,
    /: (?:Property List error: )?(?:Close tag on line \d{1,7} does not match open tag|Malformed data byte group at line|Encountered unexpected EOF|Junk after plist at line|Uneven number of (?:hex digits|list items))/i,
    /\bProperty List error: /,
    /\bConversion of (?:string|data) failed\b.{0,60}\bplist\b/i,
    /: Cannot parse a NULL or zero-length data\b/i,
    /: (?:stream had too few bytes|Encountered invalid (?:integer|ASCII|real) .{1,80})/i,
    /\.plist: .{0,160}\b(?:at|on|around) line \d{1,7}\b/i,
  ]),
  says(codes.definitionRefused, 0.75, [/\bparser error : .{1,160}/i], { all: [/\.plist:\d{1,7}: /] }),
];
