import { Readable } from 'node:stream';
import { Client, type Connection, type Submittable } from 'pg';
import { notReached } from '../connection.ts';
import { lsnText, type Lsn } from './lsn.ts';

/** What the server sends: WAL, or the question whether anybody is there. */
export type Message = { wal: Uint8Array; from: Lsn } | { asked: true };

/** Microseconds from 1970 to 2000, where Postgres' time begins. */
const EPOCH_MICROS = 946_684_800_000_000n;
const HEADER_BYTES = 25;
/** So many messages of at most 128 KiB wait to be taken; then the server waits. */
const WAITING = 32;

/** A connection that speaks Postgres' streaming replication protocol. */
export async function withReplication<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const address = new URL(url);
  address.searchParams.set('replication', 'true');
  const client = new Client({ connectionString: address.href, connectionTimeoutMillis: 10_000, keepAlive: true });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw notReached(error);
  }
  try {
    return await work(client);
  } finally {
    // In the middle of a stream there is nothing to wait for.
    await client.end().catch(() => undefined);
  }
}

/**
 * WAL as it is written, from a place on, by a replication slot. The server keeps what was not confirmed. Ends where the server shuts down
 * or the timeline does; breaks with what the server says where it cannot be had.
 */
export class WalStream implements Submittable {
  readonly messages: Readable;
  readonly #command: string;
  #connection: Connection | undefined;
  #ended = false;

  constructor(slot: string, { timeline, from }: { timeline: number; from: Lsn }) {
    this.#command = `START_REPLICATION SLOT "${slot}" PHYSICAL ${lsnText(from)} TIMELINE ${timeline}`;
    this.messages = new Readable({
      objectMode: true,
      highWaterMark: WAITING,
      read: () => void this.#connection?.stream.resume(),
    });
    // Whoever reads hears of it.
    this.messages.on('error', () => undefined);
  }

  /** What was received, and what is kept for good: the server may forget the latter. */
  confirm(received: Lsn, kept: Lsn): void {
    if (this.#ended) return;
    const status = Buffer.alloc(34);
    status.write('r', 0, 'latin1');
    status.writeBigInt64BE(received, 1);
    status.writeBigInt64BE(kept, 9);
    status.writeBigInt64BE(kept, 17);
    status.writeBigInt64BE(BigInt(Date.now()) * 1_000n - EPOCH_MICROS, 25);
    this.#send('d', status);
  }

  submit(connection: Connection): void {
    this.#connection = connection;
    connection.once('copyDone', () => {
      if (!this.#ended) this.#send('c', Buffer.alloc(0));
      this.#end();
    });
    connection.once('end', () => this.#end(new Error('the connection to Postgres broke')));
    connection.query(this.#command);
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    const kind = chunk.toString('latin1', 0, 1);
    // The parser uses its memory again.
    if (kind === 'w') this.#push({ from: chunk.readBigInt64BE(1), wal: Uint8Array.from(chunk.subarray(HEADER_BYTES)) });
    else if (kind === 'k' && chunk[17] === 1) this.#push({ asked: true });
  }

  handleError(error: Error): void {
    this.#end(error);
  }

  handleReadyForQuery(): void {
    this.#end();
  }

  /** At the end of a timeline it names the next; that stands in the history, too. */
  handleRowDescription(): void {
    this.#end();
  }

  handleDataRow(): void {
    this.#end();
  }

  handleCommandComplete(): void {
    this.#end();
  }

  #push(message: Message): void {
    if (!this.#ended && !this.messages.push(message)) this.#connection?.stream.pause();
  }

  #end(error?: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    if (error === undefined) this.messages.push(null);
    else this.messages.destroy(error);
    this.#connection?.stream.resume();
  }

  #send(kind: 'd' | 'c', body: Buffer): void {
    const head = Buffer.alloc(5);
    head.write(kind, 0, 'latin1');
    head.writeInt32BE(body.length + 4, 1);
    this.#connection?.stream.write(Buffer.concat([head, body]));
  }
}
