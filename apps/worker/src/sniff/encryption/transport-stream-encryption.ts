import { packetsOf } from '../transport-stream.ts';
import type { Encryption } from './encryption.ts';
import { windows, type RangedReader } from './ranged-reader.ts';
import { ScrambledStreams } from './scrambled-streams.ts';

const PMT_TABLE = 0x02;
const NULL_PID = 0x1fff;
/** Stream types of HLS whose samples are encrypted: H.264 and AAC; AC-3 and E-AC-3, whose numbers others use too, beside them. */
const SAMPLE_AES = new Set([0xdb, 0xcf]);
const SAMPLE_AES_BESIDE = new Set([0xc1, 0xc2]);

/** Streams scrambled by the broadcaster, or whose samples are encrypted as for HLS. Their ids are their PIDs. */
export async function transportStreamEncryption(source: RangedReader): Promise<Encryption[]> {
  const scrambled = new ScrambledStreams();
  const types = new Map<number, number>();
  for (const part of await windows(source)) {
    for (const packet of packetsOf(part)) {
      const pid = packet.readUInt16BE(1) & NULL_PID;
      const control = packet[3] ?? 0;
      const isDamaged = ((packet[1] ?? 0) & 0x80) !== 0;
      if (pid === NULL_PID || isDamaged || payloadOf(packet) >= packet.length) continue;
      scrambled.saw(pid, control >> 6 !== 0);
      for (const [stream, type] of streamTypes(packet)) types.set(stream, type);
    }
  }
  const numbers = scrambled.numbers();
  const found: Encryption[] = [];
  if (numbers.length > 0)
    found.push({ scheme: 'a scrambled broadcast', streams: { by: 'id', numbers }, isCertain: false });
  const isSampleAes = [...types.values()].some((type) => SAMPLE_AES.has(type));
  if (!isSampleAes) return found;
  const sampled = [...types].filter(([, type]) => SAMPLE_AES.has(type) || SAMPLE_AES_BESIDE.has(type));
  const streams = { by: 'id', numbers: sampled.map(([pid]) => pid) } as const;
  return [{ scheme: 'SAMPLE-AES', streams, isCertain: true }, ...found];
}

/** Where it begins; at the packet's end where there is none. */
function payloadOf(packet: Buffer): number {
  const control = packet[3] ?? 0;
  if ((control & 0x10) === 0) return packet.length;
  return 4 + ((control & 0x20) === 0 ? 0 : 1 + (packet[4] ?? 0));
}

/** PIDs and types of a program map that begins in this packet. */
function streamTypes(packet: Buffer): [number, number][] {
  const control = packet[3] ?? 0;
  const begins = ((packet[1] ?? 0) & 0x40) !== 0;
  if (!begins || control >> 6 !== 0) return [];
  const payload = payloadOf(packet);
  const table = payload + 1 + (packet[payload] ?? 0);
  if (table + 12 > packet.length || packet[table] !== PMT_TABLE) return [];
  // The section's length counts from behind it; a checksum of four bytes is its end.
  const end = Math.min(packet.length, table + 3 + (packet.readUInt16BE(table + 1) & 0xfff) - 4);
  const found: [number, number][] = [];
  for (let at = table + 12 + (packet.readUInt16BE(table + 10) & 0xfff); at + 5 <= end;) {
    found.push([packet.readUInt16BE(at + 1) & NULL_PID, packet[at] ?? 0]);
    at += 5 + (packet.readUInt16BE(at + 3) & 0xfff);
  }
  return found;
}
