const HEADER = 13;
const SOUND = 8;
/** Behind a tag comes its length. */
const TAG_HEADER = 11;
const LENGTH = 4;
/** What the first two bytes of AAC's description begin with, and not its samples. */
const DESCRIPTION = 0xaf00;

/** Gives the packets of sound in an FLV other times, in milliseconds; none before zero. */
export function changeFlvSoundTimes(flv: Buffer, change: (ms: number, packet: number) => number): Buffer {
  const changed = Buffer.from(flv);
  for (let at = HEADER, packets = 0; at + TAG_HEADER < changed.length;) {
    const length = changed.readUIntBE(at + 1, 3);
    if (changed[at] === SOUND && changed.readUInt16BE(at + TAG_HEADER) !== DESCRIPTION) {
      const ms = change(changed.readUIntBE(at + 4, 3), packets);
      changed.writeUIntBE(Math.max(0, Math.round(ms)), at + 4, 3);
      packets += 1;
    }
    at += TAG_HEADER + length + LENGTH;
  }
  return changed;
}
