import type { Readable } from '../backup-store.ts';
import type { Lsn } from './lsn.ts';
import { readPiece, WAL_FOLDER, type Piece } from './piece.ts';
import { readHistory, type Stretch } from './timeline.ts';

/**
 * The WAL of one Postgres, stored without a break. Where the server no longer had what came after the last piece, or had something else,
 * another archive was begun.
 */
export interface Archive {
  /** `<system identifier>-<number>` */
  id: string;
  system: string;
  /** Of all archives of a store; what came after what is told by this. */
  number: number;
  pieces: readonly Piece[];
  /** For each timeline that has pieces: what it goes on from. */
  timelines: ReadonlyMap<number, readonly Stretch[]>;
  keys: readonly string[];
}

const ID = /^(\d+)-(\d{4,})$/;
const HISTORY = /([0-9A-F]{8})\.history$/;

export const archiveId = (system: string, number: number): string => `${system}-${String(number).padStart(4, '0')}`;
export const historyKey = (archive: string, name: string): string => `${WAL_FOLDER}${archive}/${name}`;

/** All WAL in a store, the oldest archive first. */
export async function readArchives(store: Readable): Promise<Archive[]> {
  const keys = new Map<string, string[]>();
  for await (const { key } of store.list(WAL_FOLDER)) {
    const [, id = ''] = key.split('/');
    if (ID.test(id)) keys.set(id, [...(keys.get(id) ?? []), key]);
  }
  const archives = await Promise.all([...keys].map(([id, of]) => readArchive(store, id, of)));
  return archives.toSorted((a, b) => a.number - b.number);
}

async function readArchive(store: Readable, id: string, keys: string[]): Promise<Archive> {
  const [, system = '', number = ''] = ID.exec(id) ?? [];
  const pieces = keys.flatMap((key) => readPiece(key) ?? []).toSorted(byPlace);
  const histories = new Map<number, string>();
  for (const key of keys) {
    const timeline = HISTORY.exec(key)?.[1];
    if (timeline !== undefined) histories.set(Number.parseInt(timeline, 16), (await store.read(key)).toString());
  }
  const timelines = new Map(
    [...new Set(pieces.map(({ timeline }) => timeline))].map((timeline) => [
      timeline,
      readHistory(histories.get(timeline) ?? '', timeline),
    ]),
  );
  return { id, system, number: Number(number), pieces, timelines, keys };
}

function byPlace(a: Piece, b: Piece): number {
  return a.timeline - b.timeline || compare(a.from, b.from) || compare(a.to, b.to);
}

const compare = (a: Lsn, b: Lsn): number => (a < b ? -1 : a > b ? 1 : 0);
