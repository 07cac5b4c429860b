import { connect } from 'node:net';
import * as z from 'zod';

/**
 * A process of its own that asks: as many connections as keys, each of which asks again as soon as it was answered. It speaks HTTP by
 * itself, as a client that understands more takes as long to ask as a server to answer.
 */

const Order = z.object({
  port: z.int(),
  keys: z.array(z.string()),
  paths: z.array(z.string()),
  ms: z.number(),
});
export type Order = z.infer<typeof Order>;

export const LoadReport = z.object({
  /** How long each answer took, in milliseconds. */
  times: z.array(z.number()),
  /** Answers that were none of 200, and lines that broke. */
  failed: z.int(),
});
export type LoadReport = z.infer<typeof LoadReport>;

process.on('message', (message) => {
  void load(Order.parse(message)).then((report) => process.send?.(report));
});

async function load(order: Order): Promise<LoadReport> {
  const report: LoadReport = { times: [], failed: 0 };
  const until = performance.now() + order.ms;
  await Promise.all(order.keys.map((key, at) => ask({ ...order, key, first: at, until }, report)));
  return report;
}

interface Line extends Order {
  readonly key: string;
  /** Which of the paths is asked for first: the others follow in turn. */
  readonly first: number;
  readonly until: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** One connection, until the time is over. */
function ask({ port, paths, key, first, until }: Line, report: LoadReport): Promise<void> {
  const requests = paths.map(
    (path) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${key}\r\n\r\n`,
  );
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1').setNoDelay();
    let at = first;
    let askedAt = 0;
    let head = Buffer.alloc(0);
    /** Of the answer that comes; undefined until its head is whole. */
    let missing: number | undefined;
    const next = (): void => {
      askedAt = performance.now();
      socket.write(requests[at % requests.length] ?? '');
      at += 1;
    };
    socket.once('connect', next);
    socket.once('error', () => (report.failed += 1));
    socket.once('close', () => resolve());
    socket.on('data', (bytes) => {
      if (missing === undefined) {
        head = head.length === 0 ? bytes : Buffer.concat([head, bytes]);
        const end = head.indexOf(HEAD_END);
        if (end === -1) return;
        const text = head.toString('latin1', 0, end);
        if (!text.startsWith('HTTP/1.1 200')) report.failed += 1;
        missing = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0) - (head.length - end - HEAD_END.length);
        head = Buffer.alloc(0);
      } else {
        missing -= bytes.length;
      }
      if (missing > 0) return;
      missing = undefined;
      const now = performance.now();
      report.times.push(now - askedAt);
      if (now < until) next();
      else socket.end();
    });
  });
}
