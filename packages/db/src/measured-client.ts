import { beginOperation, type Operation } from '@transcode/telemetry';
import { Client, DatabaseError, type ClientConfig } from 'pg';

type Name = Extract<Operation, { of: 'database' }>['operation'];
/** What the system says of a line, as far as Prisma's driver knows it for what it is. */
const KNOWN = new Set(['ENOTFOUND', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT']);
const OF_THE_SYSTEM = /^E[A-Z_]+$/;
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

/** A connection that tells how long each of its statements took, and of whatever became of its line that it broke. */
export class MeasuredClient extends Client {
  constructor(config?: ClientConfig) {
    super(config);
    const connect = this.connect.bind(this) as (answer?: Answer) => unknown;
    this.connect = ((answer?: Answer) =>
      answer === undefined
        ? Promise.resolve(connect()).catch(throwBroken)
        : connect((error, result) => answer(brokenLine(error), result))) as Client['connect'];
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
      answer(brokenLine(error), result);
    };
    return ask(...asked.slice(0, -1), told);
  }
  const result = ask(...asked);
  if (!(result instanceof Promise)) return result;
  return result.then(
    (rows: unknown) => {
      end();
      return rows;
    },
    (error: unknown) => {
      end(error);
      return throwBroken(error);
    },
  );
}

/** Of the rest that the system may say, such as that there is no way to the host, Prisma would make an error that is none of the database's. */
function brokenLine<E>(error: E): E | Error {
  if (!(error instanceof Error) || error instanceof DatabaseError || !('code' in error)) return error;
  const code = String(error.code);
  if (!OF_THE_SYSTEM.test(code) || KNOWN.has(code)) return error;
  return new Error(`Connection terminated: ${error.message}`, { cause: error });
}

function throwBroken(error: unknown): never {
  throw brokenLine(error);
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
