import { expect, test } from 'vitest';
import { expiredBases, unneededWal } from '../src/archive/archive-retention.ts';
import type { Base } from '../src/archive/base.ts';
import { lsnText, parseLsn, segmentFile } from '../src/archive/lsn.ts';
import { pieceKey, readPiece, type Piece } from '../src/archive/piece.ts';
import type { Archive } from '../src/archive/read-archives.ts';
import { routesOf, routeTo, spansOf } from '../src/archive/route.ts';
import { readHistory } from '../src/archive/timeline.ts';
import { whereToBegin } from '../src/archive/where-to-begin.ts';

const SEGMENT = 16n * 1024n ** 2n;
const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minute));

const place = (segments: number): bigint => BigInt(segments * Number(SEGMENT));
/** From and to are in segments; the minute is how far it reaches. */
function piece(timeline: number, from: number, to: number, minute: number): Piece {
  const about = {
    timeline,
    from: place(from),
    to: place(to),
    until: at(minute),
    digest: '0'.repeat(16),
    sealed: false,
  };
  return { key: pieceKey('7-0001', about), ...about };
}
function archiveOf(pieces: Piece[], { number = 1, history = '' } = {}): Archive {
  const timelines = new Map(
    [...new Set(pieces.map(({ timeline }) => timeline))].map((t) => [t, readHistory(t > 1 ? history : '', t)]),
  );
  return { id: `7-${number}`, system: '7', number, pieces, timelines, keys: pieces.map(({ key }) => key) };
}
function base(number: number, minute: number, change: Partial<Base['manifest']> & { good?: boolean } = {}): Base {
  const { good = true, ...rest } = change;
  const manifest = {
    ...{ consistentAt: at(minute).toISOString(), archive: '7-1', timeline: 1, segmentBytes: Number(SEGMENT) },
    ...{ startLsn: '0/100', stopLsn: '0/200', ...rest },
  } as Base['manifest'];
  const proofs = [{ result: good ? 'good' : 'bad' } as Base['proofs'][number]];
  return { id: String(number), number, manifest, proofs, keys: [] };
}
const spans = (archives: Archive[], bases: Base[]): string[] =>
  spansOf(routesOf(archives, bases)).map(({ from, until }) =>
    [from, new Date(until.getTime() + 1)].map((time) => time.getUTCMinutes()).join('–'),
  );
const keysTo = (archives: Archive[], bases: Base[], minute: number): string[] | undefined =>
  routeTo(routesOf(archives, bases), at(minute))?.segments.flatMap(({ parts }) => parts.map(({ key }) => key));

test('names say all', () => {
  const one = piece(2, 3, 3.5, 7);
  expect(readPiece(one.key)).toEqual(one);
  expect(readPiece('wal/7-0001/00000002.history')).toBeUndefined();
  expect([lsnText(parseLsn('1A/2B00003C')), segmentFile(1, parseLsn('1/FF000000'), SEGMENT)]).toEqual([
    '1A/2B00003C',
    '0000000100000001000000FF',
  ]);
});

test('from a base backup to the first hole, and no further than is needed', () => {
  const [a, b, c, d] = [piece(1, 0, 1, 2), piece(1, 1, 2, 4), piece(1, 2, 2.5, 5), piece(1, 2.5, 2.75, 6)];
  expect(spans([archiveOf([a, b, c, d])], [base(1, 1)])).toEqual(['1–6']);
  expect(keysTo([archiveOf([a, b, c, d])], [base(1, 1)], 3)).toEqual([a.key, b.key]);
  expect(keysTo([archiveOf([a, b, c, d])], [base(1, 1)], 5)).toEqual([a.key, b.key, c.key, d.key]);
  expect(spans([archiveOf([a, b, d])], [base(1, 1)])).toEqual(['1–4']);
  expect(spans([archiveOf([a, c, d])], [base(1, 1)])).toEqual(['1–2']);
  expect(spans([archiveOf([b, c])], [base(1, 1)])).toEqual([]);
});

test('a segment that is there as one and in pieces is taken as one', () => {
  const [early, whole, next] = [piece(1, 0, 0.5, 2), piece(1, 0, 1, 3), piece(1, 1, 2, 4)];
  expect(keysTo([archiveOf([early, whole, next])], [base(1, 1)], 3)).toEqual([whole.key, next.key]);
});

test('only from base backups that count, and from the newest before', () => {
  const pieces = [piece(1, 0, 1, 2), piece(1, 1, 2, 4), piece(1, 2, 3, 9)];
  const later = { startLsn: '0/1000100', stopLsn: '0/1000200' };
  expect(spans([archiveOf(pieces)], [base(1, 1, { good: false }), base(2, 3, later)])).toEqual(['3–9']);
  const route = routeTo(routesOf([archiveOf(pieces)], [base(1, 1), base(2, 3, later)]), at(4));
  expect([route?.base.number, route?.segments.length]).toEqual([2, 2]);
  expect(routeTo(routesOf([archiveOf(pieces)], [base(1, 1), base(2, 3, later)]), at(2))?.base.number).toBe(1);
});

test('a branch that was left can still be reached at the times at which it was written to', () => {
  // Timeline 1 went on to the second half of its segment 2; timeline 2 left it in the middle of segment 1.
  const [a, b, c] = [piece(1, 0, 1, 2), piece(1, 1, 2, 4), piece(1, 2, 2.5, 6)];
  const [b2, c2] = [piece(2, 1, 2, 8), piece(2, 2, 2.5, 9)];
  const archive = archiveOf([a, b, c, b2, c2], { history: '1\t0/1800000\tno recovery target specified\n' });
  expect(keysTo([archive], [base(1, 1)], 5)).toEqual([a.key, b.key, c.key]);
  expect(keysTo([archive], [base(1, 1)], 7)).toEqual([a.key, b2.key]);
  // A base backup on what was left leads nowhere on the other.
  const onLeft = base(2, 5, { startLsn: '0/1900000', stopLsn: '0/1900100' });
  expect(routesOf([archive], [onLeft]).map(({ timeline }) => timeline)).toEqual([1]);
});

const on = (pieces: Piece[], history: string, timeline: number) =>
  whereToBegin({ pieces }, readHistory(history, timeline), SEGMENT);

test('where the store ends the archive goes on, along the history of the server', () => {
  const pieces = [piece(1, 0, 1, 2), piece(1, 1, 1.5, 3)];
  expect(on(pieces, '', 1)).toEqual({ timeline: 1, from: SEGMENT });
  expect(on(pieces, '1\t0/2000000\tx\n', 2)).toEqual({ timeline: 1, from: SEGMENT });
  expect(on(pieces, '1\t0/1800000\tx\n', 2)).toEqual({ timeline: 2, from: SEGMENT });
  expect(on(pieces, '1\t0/800000\tx\n', 2)).toEqual({ timeline: 2, from: 0n });
  expect(on([piece(3, 0, 1, 2)], '1\t0/800000\tx\n', 2)).toBeUndefined();
});

const daily = (days: number, good: (day: number) => boolean = () => true): Base[] =>
  Array.from({ length: days }, (_, day) => base(day + 1, day * 24 * 60, { good: good(day) }));
const gone = (bases: Base[], day: number): string[] => expiredBases(bases, at(day * 24 * 60), 7).map(({ id }) => id);

test('base backups go once the window is covered by a later one, and never by the clock alone', () => {
  expect(gone(daily(8), 7)).toEqual([]);
  expect(gone(daily(9), 8)).toEqual(['1']);
  expect(gone(daily(10), 9)).toEqual(['1', '2']);
  expect(gone(daily(3), 10_000)).toEqual([]);
  expect(
    gone(
      daily(100, (day) => day < 3),
      99,
    ),
  ).toEqual([]);
  expect(9 - gone(daily(9), 100_000).length).toBe(7);
});

test('WAL goes once no base backup needs it, and the newest archive stays', () => {
  const pieces = [piece(1, 0, 1, 2), piece(1, 1, 2, 4), piece(1, 2, 3, 9)];
  const kept = base(2, 3, { startLsn: '0/1800000', stopLsn: '0/1800100' });
  expect(unneededWal([archiveOf(pieces)], [kept])).toEqual([pieces[0]?.key]);
  expect(unneededWal([archiveOf(pieces)], [])).toEqual([]);
  expect(unneededWal([archiveOf(pieces), archiveOf([], { number: 2 })], [])).toEqual(pieces.map(({ key }) => key));
});
