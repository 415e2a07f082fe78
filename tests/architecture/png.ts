import { inflateSync } from "node:zlib";

/** A decoded picture: four bytes per pixel (red, green, blue, alpha), rows from the top. */
export type Picture = { readonly width: number; readonly height: number; readonly rgba: Uint8Array };

/** Reads the PNG files our own renderer writes: 8 bits per channel, RGB or RGBA, not interlaced. Throws on anything else. */
export function readPng(file: Buffer): Picture {
  if (file.toString("latin1", 1, 4) !== "PNG") throw new Error("not a PNG");
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  const [depth, colorType, , , interlace] = file.subarray(24, 29);
  if (depth !== 8 || interlace !== 0 || (colorType !== 6 && colorType !== 2))
    throw new Error(`cannot read depth ${depth}, type ${colorType}`);
  const channels = colorType === 6 ? 4 : 3;
  return { width, height, rgba: withAlpha(unfilter(inflateSync(imageData(file)), width * channels, channels), channels) };
}

function imageData(file: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    if (file.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(file.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return Buffer.concat(parts);
}

/** Undoes the per-row prediction of PNG: every row begins with the number of its filter. */
function unfilter(raw: Uint8Array, rowBytes: number, step: number): Uint8Array {
  const rows = raw.length / (rowBytes + 1);
  const out = new Uint8Array(rows * rowBytes);
  for (let row = 0; row < rows; row++) {
    const filter = raw[row * (rowBytes + 1)] ?? 0;
    for (let x = 0; x < rowBytes; x++) {
      const at = row * rowBytes + x;
      const left = x >= step ? (out[at - step] ?? 0) : 0;
      const up = row > 0 ? (out[at - rowBytes] ?? 0) : 0;
      const corner = x >= step && row > 0 ? (out[at - rowBytes - step] ?? 0) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      out[at] = (raw[row * (rowBytes + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function withAlpha(bytes: Uint8Array, channels: number): Uint8Array {
  if (channels === 4) return bytes;
  const out = new Uint8Array((bytes.length / 3) * 4).fill(255);
  for (let pixel = 0; pixel * 3 < bytes.length; pixel++) out.set(bytes.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
  return out;
}

/** How bright each pixel looks on a background of the given grey (0…255), colours removed: 0…255 per pixel. */
export function greyscaleOn(background: number, { rgba }: Picture): number[] {
  return Array.from({ length: rgba.length / 4 }, (_, pixel) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(pixel * 4, pixel * 4 + 4);
    const own = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    return (own * alpha + background * (255 - alpha)) / 255;
  });
}
