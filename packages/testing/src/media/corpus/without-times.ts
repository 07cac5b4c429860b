/** Takes the time stamps out of a program stream's packets of picture and sound (ISO 13818-1, 2.4.3.7): stuffing stands there then. */
export function withoutTimes(stream: Buffer): Buffer {
  const bytes = Buffer.from(stream);
  let at = bytes.indexOf(START_CODE);
  while (at !== -1 && at + 9 < bytes.length) {
    const code = bytes[at + 3] ?? 0;
    const flags = bytes[at + 7] ?? 0;
    const isMedia = (code >= 0xc0 && code <= 0xef) || code === 0xbd;
    const stamped = flags >> 6 === 3 ? 10 : flags >> 6 === 2 ? 5 : 0;
    if (isMedia && stamped > 0) {
      bytes[at + 7] = flags & 0x3f;
      bytes.fill(0xff, at + 9, at + 9 + stamped);
    }
    at = bytes.indexOf(START_CODE, isMedia ? at + 6 + bytes.readUInt16BE(at + 4) : at + 4);
  }
  return bytes;
}

const START_CODE = Buffer.from([0, 0, 1]);
