import { PlistFault, type PlistValue, plistLimits } from "./plist-value.ts";

const wrong = (): never => {
  throw new PlistFault("The binary form of this property list is damaged");
};

/** Reads the binary form (`bplist00`) of a property list. Throws a `PlistFault`; offsets, sizes, cycles and depth are all checked. */
export function parsePlistBinary(bytes: Uint8Array): PlistValue {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const uint = (at: number, size: number): number => {
    if (at < 0 || size < 1 || size > 8 || at + size > bytes.length) return wrong();
    let value = 0;
    for (let index = 0; index < size; index++) value = value * 256 + view.getUint8(at + index);
    return value;
  };
  if (bytes.length < 40 || bytes.length > plistLimits.bytes) return wrong();
  const trailer = bytes.length - 32;
  const [offsetSize, referenceSize] = [uint(trailer + 6, 1), uint(trailer + 7, 1)];
  const [count, top, tableAt] = [uint(trailer + 8, 8), uint(trailer + 16, 8), uint(trailer + 24, 8)];
  if (count > plistLimits.values || tableAt + count * offsetSize > trailer) return wrong();
  let values = 0;

  const numeral = (low: number, at: number): number => {
    const size = 2 ** low;
    if (size > 16) return wrong();
    if (size === 16) return uint(at + 8, 8);
    return size === 8 && at + 8 <= bytes.length ? Number(view.getBigInt64(at)) : uint(at, size);
  };

  const real = (low: number, at: number): number => {
    if (at + 2 ** low > trailer) return wrong();
    return low === 2 ? view.getFloat32(at) : low === 3 ? view.getFloat64(at) : wrong();
  };

  /** Sizes of 15 and more stand in a number of their own. */
  const sized = (low: number, at: number): readonly [size: number, at: number] => {
    if (low !== 15) return [low, at];
    const marker = uint(at, 1);
    if (marker >> 4 !== 1) return wrong();
    return [numeral(marker & 15, at + 1), at + 1 + 2 ** (marker & 15)];
  };

  const text = (at: number, size: number, label: "ascii" | "utf-16be"): string => {
    if (size < 0 || at + size > trailer) return wrong();
    return new TextDecoder(label).decode(bytes.subarray(at, at + size));
  };

  const object = (index: number, above: readonly number[]): PlistValue => {
    if (index >= count || above.includes(index) || above.length > plistLimits.depth || ++values > plistLimits.values) return wrong();
    const start = uint(tableAt + index * offsetSize, offsetSize);
    const marker = uint(start, 1);
    const [kind, low] = [marker >> 4, marker & 15];
    const inside = [...above, index];
    switch (kind) {
      case 0:
        return low === 8 || low === 9 ? low === 9 : wrong();
      case 1:
        return numeral(low, start + 1);
      case 2:
        return real(low, start + 1);
      case 3:
        return { kind: "date" };
      case 4:
        return { kind: "bytes" };
      case 8:
        return { kind: "reference" };
      default:
    }
    const [size, at] = sized(low, start + 1);
    if (kind === 5) return text(at, size, "ascii");
    if (kind === 6) return text(at, size * 2, "utf-16be");
    const references = (from: number) => {
      if (from + size * referenceSize > trailer) return wrong();
      return Array.from({ length: size }, (_, nth) => uint(from + nth * referenceSize, referenceSize));
    };
    if (kind === 10 || kind === 12) return references(at).map((each) => object(each, inside));
    if (kind !== 13) return wrong();
    const found = references(at + size * referenceSize);
    const keys = references(at).map((each) => object(each, inside));
    return new Map(keys.map((key, nth) => (typeof key === "string" ? [key, object(found[nth] ?? count, inside)] : wrong())));
  };

  return object(top, []);
}
