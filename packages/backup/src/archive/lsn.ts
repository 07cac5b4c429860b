/** A place in the write-ahead log (WAL): how many bytes were written before it. */
export type Lsn = bigint;

const HALF = 32n;
const LOW = 0xffff_ffffn;

/** As Postgres writes it: `0/3000060`. */
export function parseLsn(text: string): Lsn {
  const [, high = '', low = ''] = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/i.exec(text) ?? [];
  if (high === '') throw new Error(`Postgres gave ${JSON.stringify(text)} as a place in its log.`);
  return (BigInt(`0x${high}`) << HALF) | BigInt(`0x${low}`);
}

export function lsnText(lsn: Lsn): string {
  return `${(lsn >> HALF).toString(16)}/${(lsn & LOW).toString(16)}`.toUpperCase();
}

/** Where the segment begins that a place is in. */
export const segmentStart = (lsn: Lsn, segmentBytes: bigint): Lsn => lsn - (lsn % segmentBytes);

/** The name of a segment's file, such as `000000010000000000000003`. */
export function segmentFile(timeline: number, start: Lsn, segmentBytes: bigint): string {
  const perFile = (LOW + 1n) / segmentBytes;
  const number = start / segmentBytes;
  return [BigInt(timeline), number / perFile, number % perFile].map((part) => hex(part, 8)).join('');
}

export const historyFile = (timeline: number): string => `${hex(BigInt(timeline), 8)}.history`;

export const hex = (value: bigint, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');
