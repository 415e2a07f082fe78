const unescaped = (text) =>
  text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => ({ lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" })[name] ?? "");

/** Reads the XML form of a property list; throws with the words of plutil. Enough for job definitions, not for everything. */
export function readPlist(text) {
  if (!text.includes("<plist")) throw new Error("Unexpected character at line 1");
  const tokens = text.slice(text.indexOf(">", text.indexOf("<plist")) + 1).match(/<[^>]+>|[^<]+/g) ?? [];
  let at = 0;
  const skip = () => {
    while (tokens[at]?.trim() === "") at++;
  };
  const content = (tag) => {
    let found = "";
    while (at < tokens.length && tokens[at] !== `</${tag}>`) found += tokens[at++];
    at++;
    return unescaped(found);
  };
  const value = () => {
    skip();
    const token = tokens[at++];
    if (token === "<true/>") return true;
    if (token === "<false/>") return false;
    if (token === "<string/>") return "";
    if (token === "<array/>") return [];
    if (token === "<dict/>") return {};
    if (token === "<string>") return content("string");
    if (token === "<integer>") return Number(content("integer"));
    if (token === "<array>") return list();
    if (token === "<dict>") return dict();
    throw new Error(`Found unexpected ${token}`);
  };
  const list = () => {
    const items = [];
    for (skip(); tokens[at] !== "</array>"; skip()) items.push(value());
    at++;
    return items;
  };
  const dict = () => {
    const entries = {};
    for (skip(); tokens[at] !== "</dict>"; skip()) {
      if (tokens[at++] !== "<key>") throw new Error("Found non-key inside <dict>");
      const key = content("key");
      skip();
      if (tokens[at] === "</dict>") throw new Error("Value missing for key inside <dict>");
      entries[key] = value();
    }
    at++;
    return entries;
  };
  return value();
}
