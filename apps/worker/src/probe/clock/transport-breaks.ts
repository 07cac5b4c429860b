import { findPackets } from '../../sniff/transport-stream.ts';

/** No more is looked through, in bytes: up to the second place, where the new part begins. */
const MOST_BYTES = 4 * 1024 ** 2;
/** So much behind the second place, in bytes: what tells of a break may come with the packet itself. */
const BEYOND = 20 * 204;
const NULL_PACKETS = 0x1fff;

/**
 * Whether a transport stream tells of a break between two of its packets, by their places in bytes: its counters do not run on, or it says
 * so. A pause in one recording has neither (ISO 13818-1, 2.4.3.3 and 2.4.3.5).
 */
export async function hasTransportBreak(
  read: (range: { start: number; end: number }) => Promise<Buffer>,
  from: number,
  to: number,
): Promise<boolean> {
  if (!(from >= 0 && to > from)) return false;
  const bytes = await read({ start: Math.max(from, to - MOST_BYTES), end: to + BEYOND - 1 });
  const found = findPackets(bytes);
  if (found === undefined) return false;
  const counters = new Map<number, number>();
  for (let at = found.start; at + 188 <= bytes.length; at += found.length) {
    const packet = bytes.subarray(at, at + 188);
    if (packet[0] !== 0x47) return true;
    const pid = packet.readUInt16BE(1) & NULL_PACKETS;
    if (pid === NULL_PACKETS) continue;
    const flags = packet[3] ?? 0;
    const hasAdaptation = (flags & 0x20) !== 0;
    if (hasAdaptation && (packet[4] ?? 0) > 0 && ((packet[5] ?? 0) & 0x80) !== 0) return true;
    if ((flags & 0x10) === 0) continue;
    const counter = flags & 0x0f;
    const last = counters.get(pid);
    if (last !== undefined && counter !== last && counter !== ((last + 1) & 0x0f)) return true;
    counters.set(pid, counter);
  }
  return false;
}
