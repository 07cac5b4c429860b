/** An AAC object type that no decoder opens. */
const OBJECT_TYPE = 22;

/**
 * The last AAC of a file is said to be of an object type that no decoder opens. `before` is what stands in front of its configuration
 * in headers of two bytes for the object type, the rate and the channels, and more for extensions.
 */
export function beyondDecoders(...before: readonly number[]): (file: Buffer) => Buffer {
  return (file) => {
    const changed = Buffer.from(file);
    const found = changed.lastIndexOf(Buffer.from(before));
    if (found === -1) throw new Error('It has no such header');
    const place = found + before.length;
    changed.writeUInt8((OBJECT_TYPE << 3) | (changed.readUInt8(place) & 7), place);
    return changed;
  };
}

/** What stands in front of the configuration of AAC in an MP4. */
export const MP4_AAC = [0x05, 0x80, 0x80, 0x80, 0x05] as const;
