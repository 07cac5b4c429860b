import { beginOperation, type Operation } from '@transcode/telemetry';
import { Client, type ClientConfig } from 'pg';

type Name = Extract<Operation, { of: 'database' }>['operation'];
type Answer = (error: Error | null | undefined, result: unknown) => void;

const WORDS: Readonly<Record<string, Name>> = {
  select: 'select',
  with: 'select',
  insert: 'insert',
  update: 'update',
  delete: 'delete',
  begin: 'transaction',
  commit: 'transaction',
  rollback: 'transaction',
};

/** A connection that tells how long each of its statements took. */
export class MeasuredClient extends Client {
  constructor(config?: ClientConfig) {
    super(config);
    const ask = this.query.bind(this) as (...asked: unknown[]) => unknown;
    this.query = ((...asked: unknown[]) => measured(ask, asked)) as Client['query'];
  }
}

/** In each of the ways in which node-postgres and Prisma ask: with an object or a text, for a promise or with a callback at the end. */
function measured(ask: (...asked: unknown[]) => unknown, asked: readonly unknown[]): unknown {
  const end = beginOperation({ of: 'database', operation: nameOf(asked[0]) });
  const last = asked.at(-1);
  if (typeof last === 'function') {
    const answer = last as Answer;
    const told: Answer = (error, result) => {
      end(error ?? undefined);
      answer(error, result);
    };
    return ask(...asked.slice(0, -1), told);
  }
  const result = ask(...asked);
  if (result instanceof Promise) result.then(() => end(), end);
  return result;
}

/** What a statement does, by its first word: most of ours that begin with WITH are claims, and answer. */
function nameOf(asked: unknown): Name {
  const text = typeof asked === 'string' ? asked : textOf(asked);
  const [word = ''] = /[a-z]+/i.exec(text) ?? [];
  return WORDS[word.toLowerCase()] ?? 'other';
}

function textOf(asked: unknown): string {
  return typeof asked === 'object' && asked !== null && 'text' in asked ? String(asked.text) : '';
}
