import { createHash } from 'node:crypto';
import { hex, type Lsn } from './lsn.ts';

/**
 * A stretch of WAL as it lies in the store: a whole segment, or what came of one since the last was stored. All that is known of it
 * stands in its name, so that a list tells what can be restored.
 */
export interface Piece {
  key: string;
  timeline: number;
  from: Lsn;
  to: Lsn;
  /** By the database's clock: whatever was committed before is in this or in what comes before it. */
  until: Date;
  /** Of the WAL in it. */
  digest: string;
  sealed: boolean;
}

const NAME =
  /^([0-9A-F]{8})-([0-9A-F]{16})-([0-9A-F]{16})-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d\.\d{3}Z)-([0-9a-f]{16})\.gz(\.age)?$/;

export const WAL_FOLDER = 'wal/';

export function pieceKey(archive: string, { timeline, from, to, until, digest, sealed }: Omit<Piece, 'key'>): string {
  const time = until.toISOString().replaceAll(/[-:]/g, '');
  const places = [hex(BigInt(timeline), 8), hex(from, 16), hex(to, 16)].join('-');
  return `${WAL_FOLDER}${archive}/${places}-${time}-${digest}.gz${sealed ? '.age' : ''}`;
}

/** Undefined where it is no name of ours. */
export function readPiece(key: string): Piece | undefined {
  const match = NAME.exec(key.slice(key.lastIndexOf('/') + 1));
  if (match === null) return undefined;
  const [, timeline = '', from = '', to = '', year, month, day, hour, minute, rest, digest = '', age] = match;
  return {
    ...{ key, timeline: Number.parseInt(timeline, 16), from: BigInt(`0x${from}`), to: BigInt(`0x${to}`) },
    ...{ until: new Date(`${year}-${month}-${day}T${hour}:${minute}:${rest}`), digest, sealed: age !== undefined },
  };
}

export const digestOf = (wal: Uint8Array): string => createHash('sha256').update(wal).digest('hex').slice(0, 16);

/** Of pieces of one segment those that cover it from its beginning on, without a hole; where it ends. */
export function cover(pieces: readonly Piece[], from: Lsn): { parts: Piece[]; reached: Lsn } {
  const parts: Piece[] = [];
  let reached = from;
  for (;;) {
    const next = pieces.filter((piece) => piece.from === reached && piece.to > reached).toSorted(longestFirst)[0];
    if (next === undefined) return { parts, reached };
    parts.push(next);
    reached = next.to;
  }
}

const longestFirst = (a: Piece, b: Piece): number => (a.to > b.to ? -1 : 1);
