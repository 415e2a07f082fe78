import { type PlistDict, PlistFault, type PlistValue, plistLimits } from "./plist-value.ts";

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** Reads the XML form of a property list. Throws a `PlistFault` with the line; never expands entities a file declares. */
export function parsePlistXml(text: string): PlistValue {
  const cursor = xmlCursor(text);
  const value = cursor.document();
  return value;
}

type Tag = { readonly name: string; readonly kind: "open" | "close" | "empty" };

function xmlCursor(text: string) {
  let at = 0;
  let values = 0;

  const fault = (words: string): never => {
    throw new PlistFault(`${words} at line ${text.slice(0, at).split("\n").length}`);
  };
  const skipTo = (end: string, from: number): void => {
    const found = text.indexOf(end, from);
    if (found < 0) fault(`Missing ${end}`);
    at = found + end.length;
  };

  /** Passes over white space, comments, the XML declaration and the document type. */
  const skip = (): void => {
    for (;;) {
      while (/\s/.test(text[at] ?? "")) at++;
      if (text.startsWith("<!--", at)) skipTo("-->", at + 4);
      else if (text.startsWith("<?", at)) skipTo("?>", at + 2);
      else if (text.startsWith("<!DOCTYPE", at)) {
        const end = text.indexOf(">", at);
        // Declared entities are how a small file becomes a huge one.
        if (end < 0 || text.slice(at, end).includes("[")) fault("A document type with declarations of its own");
        at = end + 1;
      } else return;
    }
  };

  const tag = (): Tag => {
    skip();
    if (at >= text.length) fault("Unexpected end of the file");
    const sticky = /<(\/?)([A-Za-z]+)(?:\s[^<>]*?)?(\/?)>/y;
    sticky.lastIndex = at;
    const found = sticky.exec(text);
    if (!found) return fault(text[at] === "<" ? "Something that is no tag" : "Text outside of a value");
    at = sticky.lastIndex;
    return { name: found[2] ?? "", kind: found[1] ? "close" : found[3] ? "empty" : "open" };
  };

  /** The text up to the end of this tag, with references taken for what they mean. */
  const content = (name: string): string => {
    let said = "";
    for (;;) {
      const next = text.indexOf("<", at);
      if (next < 0) return fault(`Missing </${name}>`);
      said += unescaped(text.slice(at, next));
      at = next;
      if (text.startsWith("<![CDATA[", at)) {
        const from = at + 9;
        skipTo("]]>", from);
        said += text.slice(from, at - 3);
      } else if (text.startsWith("<!--", at)) skipTo("-->", at + 4);
      else {
        const end = tag();
        if (end.kind !== "close" || end.name !== name) fault(`Missing </${name}>, or an unescaped <`);
        return said;
      }
    }
  };

  const unescaped = (part: string): string =>
    part.replace(/&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(\w+));|&/g, (_, decimal?: string, hex?: string, name?: string) => {
      const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
      if (code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
      return (
        (name !== undefined && Object.hasOwn(entities, name) ? entities[name] : undefined) ?? fault("An unescaped & or unknown reference")
      );
    });

  const numeral = (name: string): number => {
    const said = content(name).trim();
    const isWhole = /^[+-]?(?:\d{1,20}|0x[0-9A-Fa-f]{1,16})$/.test(said);
    const isReal = name === "real" && /^[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|inf(?:inity)?|nan)$/i.test(said);
    return isWhole || isReal ? Number(said) : fault(`Something in <${name}> that is no number`);
  };

  const value = (depth: number, opened?: Tag): PlistValue => {
    const { name, kind } = opened ?? tag();
    if (depth > plistLimits.depth) fault("Values nested too deeply");
    values += 1;
    if (values > plistLimits.values) fault("Too many values");
    if (kind === "close") return fault(`Unexpected </${name}>`);
    const isEmpty = kind === "empty";
    switch (name) {
      case "true":
      case "false":
        if (!isEmpty) content(name);
        return name === "true";
      case "string":
        return isEmpty ? "" : content(name);
      case "integer":
      case "real":
        return isEmpty ? fault(`An empty <${name}>`) : numeral(name);
      case "date":
      case "data":
        if (!isEmpty) content(name);
        return { kind: name === "date" ? "date" : "bytes" };
      case "array":
        return isEmpty ? [] : list(depth);
      case "dict":
        return isEmpty ? new Map() : dict(depth);
      default:
        return fault(`Unknown tag <${name.slice(0, 20)}>`);
    }
  };

  const list = (depth: number): readonly PlistValue[] => {
    const items: PlistValue[] = [];
    for (let next = tag(); next.kind !== "close" || next.name !== "array"; next = tag()) items.push(value(depth + 1, next));
    return items;
  };

  const dict = (depth: number): PlistDict => {
    const entries = new Map<string, PlistValue>();
    for (let next = tag(); next.kind !== "close" || next.name !== "dict"; next = tag()) {
      if (next.name !== "key" || next.kind === "close") fault("Found non-key inside <dict>");
      const key = next.kind === "empty" ? "" : content("key");
      const follower = tag();
      if (follower.kind === "close") fault("Value missing for key inside <dict>");
      entries.set(key, value(depth + 1, follower));
    }
    return entries;
  };

  const document = (): PlistValue => {
    const outer = tag();
    if (outer.name !== "plist" || outer.kind === "close") return value(0, outer);
    if (outer.kind === "empty") return fault("An empty <plist>");
    const inner = value(0);
    const end = tag();
    if (end.name !== "plist" || end.kind !== "close") fault("More than one value");
    skip();
    if (at < text.length) fault("Something after </plist>");
    return inner;
  };

  return { document };
}
