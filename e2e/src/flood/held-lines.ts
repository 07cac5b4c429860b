import { connect, type Socket } from 'node:net';

/** How a line is held: what is written at once, and then again and again. */
interface Hold {
  readonly first: string;
  readonly again?: string;
}

const head = (first: string, ...more: string[]): string => [first, 'Host: here', ...more].join('\r\n');
const post = (path: string, type: string): string =>
  `${head(`POST ${path} HTTP/1.1`, `Content-Type: ${type}`, 'Content-Length: 60000')}\r\n\r\n`;
const FORM = 'application/x-www-form-urlencoded';
const PAD = `X-Pad: ${'x'.repeat(12_000)}`;

const HOLDS: readonly Hold[] = [
  { first: '' },
  { first: 'GET / HT' },
  { first: `${head('GET / HTTP/1.1', PAD)}\r\n`, again: 'X-More: 1\r\n' },
  { first: post('/api/auth/callback/credentials', FORM) },
  { first: post('/api/auth/callback/credentials', FORM), again: 'x' },
  { first: post('/api/v1/auth/sign-in', 'application/json'), again: ' ' },
  { first: post('/api/trpc/auth.signIn', 'application/json') + ' '.repeat(50_000) },
  { first: post('/api/uploads', 'application/offset+octet-stream'), again: 'x' },
  // As many as one packet takes.
  { first: `${head('GET /api/openapi.json HTTP/1.1')}\r\n\r\n`.repeat(1_000) },
  // Answered, and never read.
  { first: `${head('GET /sign-in HTTP/1.1')}\r\n\r\n`.repeat(16) },
  { first: `${head('GET /api/openapi.json HTTP/1.1')}\r\n\r\n`.repeat(16) },
];

const AGAIN_MS = 2_000;
const OPENED_AT_ONCE = 10;
const OPENED_EVERY_MS = 100;

/** Lines that hold on to what they were given for as long as they are let; one that is closed is opened again. */
export class HeldLines {
  readonly #url: URL;
  readonly #addresses: readonly string[];
  readonly #most: number;
  readonly #open = new Map<Socket, Hold>();
  readonly #timers: NodeJS.Timeout[];
  #opened = 0;
  #mostOpen = 0;

  constructor(url: string, { addresses, most }: { addresses: readonly string[]; most: number }) {
    this.#url = new URL(url);
    this.#addresses = addresses;
    this.#most = most;
    this.#timers = [
      setInterval(() => this.#openSome(), OPENED_EVERY_MS),
      setInterval(() => {
        for (const [socket, { again }] of this.#open) if (again !== undefined) socket.write(again);
      }, AGAIN_MS),
    ];
  }

  get counted(): { opened: number; mostOpen: number } {
    return { opened: this.#opened, mostOpen: this.#mostOpen };
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const socket of this.#open.keys()) socket.destroy();
  }

  #openSome(): void {
    for (let count = 0; count < OPENED_AT_ONCE && this.#open.size < this.#most; count += 1) this.#openOne();
    this.#mostOpen = Math.max(this.#mostOpen, this.#open.size);
  }

  #openOne(): void {
    const number = (this.#opened += 1);
    const hold = HOLDS[number % HOLDS.length] ?? { first: '' };
    const localAddress = this.#addresses[number % this.#addresses.length];
    const socket = connect({
      ...{ host: this.#url.hostname, port: Number(this.#url.port) },
      ...(localAddress === undefined ? {} : { localAddress }),
    });
    this.#open.set(socket, hold);
    // Who does not listen does not read; a line that is closed at the other end is seen by writing to it.
    if (!hold.first.includes('\r\n\r\nGET')) socket.resume();
    socket.on('error', () => undefined);
    socket.once('close', () => this.#open.delete(socket));
    socket.write(hold.first);
  }
}
