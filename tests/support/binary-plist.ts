type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

const bigEndian = (value: number, size: number): number[] =>
  Array.from({ length: size }, (_, index) => Math.floor(value / 256 ** (size - 1 - index)) % 256);

const sized = (kind: number, size: number): number[] => (size < 15 ? [kind * 16 + size] : [kind * 16 + 15, 0x11, ...bigEndian(size, 2)]);

/** Bytes of a binary property list, with one byte references of two bytes each. */
export function binaryPlist(value: Value): Uint8Array {
  const objects: number[][] = [];
  const add = (each: Value): number => {
    const at = objects.push([]) - 1;
    objects[at] = bytesOf(each);
    return at;
  };
  const references = (all: readonly number[]): number[] => all.flatMap((each) => bigEndian(each, 2));
  const bytesOf = (each: Value): number[] => {
    if (typeof each === "boolean") return [each ? 9 : 8];
    if (typeof each === "number") return Number.isInteger(each) && each >= 0 ? [0x12, ...bigEndian(each, 4)] : real(each);
    if (typeof each === "string") return text(each);
    if (Array.isArray(each)) return [...sized(10, each.length), ...references(each.map(add))];
    const entries = Object.entries(each);
    const keys = entries.map(([key]) => add(key));
    return [...sized(13, entries.length), ...references(keys), ...references(entries.map(([, item]) => add(item)))];
  };
  add(value);
  const offsets: number[] = [];
  const body: number[] = [...Buffer.from("bplist00")];
  for (const bytes of objects) {
    offsets.push(body.length);
    body.push(...bytes);
  }
  const table = body.length;
  body.push(...offsets.flatMap((offset) => bigEndian(offset, 3)));
  body.push(0, 0, 0, 0, 0, 0, 3, 2, ...bigEndian(objects.length, 8), ...bigEndian(0, 8), ...bigEndian(table, 8));
  return Uint8Array.from(body);
}

function real(value: number): number[] {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return [0x23, ...bytes];
}

function text(value: string): number[] {
  if (/^[\x20-\x7e]*$/.test(value)) return [...sized(5, value.length), ...Buffer.from(value, "latin1")];
  return [...sized(6, value.length), ...Buffer.from(value, "utf16le").swap16()];
}
