import { Agent, get } from 'node:http';
import { Event } from '@transcode/contracts';
import * as z from 'zod';
import { Histogram } from './histogram.ts';

/** A process of its own that is many viewers: each has a line to the API, reads what comes, and notes how late it was. */

const Order = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connect'), url: z.string(), keys: z.array(z.string()) }),
  z.object({ type: z.literal('begin') }),
  z.object({ type: z.literal('report') }),
]);
export type Order = z.infer<typeof Order>;

export const CrowdReport = z.object({
  /** Lines that ended, or were refused. */
  broken: z.int(),
  /** Of progress, from when it was published. */
  delays: z.array(z.int()),
  /** The least and the most that a viewer was told of what no later hint makes old. */
  fewestTold: z.int(),
  mostTold: z.int(),
});
export type CrowdReport = z.infer<typeof CrowdReport>;

const Batch = z.object({ events: z.array(Event) });
type Batch = z.infer<typeof Batch>;

const agent = new Agent({ maxSockets: Infinity });
let delays = new Histogram();
let told: number[] = [];
let broken = 0;

process.on('message', (message) => {
  const order = Order.parse(message);
  if (order.type === 'connect') void connectAll(order);
  if (order.type === 'begin') {
    delays = new Histogram();
    told = told.map(() => 0);
  }
  if (order.type === 'report') {
    const report: CrowdReport = {
      broken,
      delays: [...delays.toJSON()],
      fewestTold: Math.min(...told),
      mostTold: Math.max(...told),
    };
    process.send?.(report);
  }
});

async function connectAll({ url, keys }: { url: string; keys: readonly string[] }): Promise<void> {
  const ABREAST = 20;
  for (let first = 0; first < keys.length; first += ABREAST)
    await Promise.all(keys.slice(first, first + ABREAST).map((key, at) => connect(url, key, first + at)));
  process.send?.('connected');
}

/** Resolves with the first that comes. */
function connect(url: string, key: string, viewer: number): Promise<void> {
  told[viewer] = 0;
  return new Promise((resolve) => {
    const lost = (): void => {
      broken += 1;
      resolve();
    };
    const request = get(`${url}/api/trpc/events.workspace`, { agent, headers: { authorization: `Bearer ${key}` } });
    request.once('error', lost);
    request.once('response', (response) => {
      response.setEncoding('utf8');
      response.once('close', lost);
      let rest = '';
      response.on('data', (text: string) => {
        const parts = (rest + text).split('\n\n');
        rest = parts.pop() ?? '';
        for (const part of parts) if (part.startsWith('data: ')) note(readBatch(part.slice('data: '.length)), viewer);
        resolve();
      });
    });
  });
}

let lastText = '';
let lastBatch: Batch = { events: [] };

/** All are told the same, most often in the same bytes: this machine's processor is for the API, not for reading that a thousand times. */
function readBatch(text: string): Batch {
  if (text !== lastText) {
    lastBatch = Batch.parse(JSON.parse(text));
    lastText = text;
  }
  return lastBatch;
}

function note({ events }: Batch, viewer: number): void {
  const now = performance.timeOrigin + performance.now();
  for (const event of events) {
    if (event.type === 'progress') delays.add(now - (event.progress.secondsLeft ?? 0));
    else told[viewer] = (told[viewer] ?? 0) + 1;
  }
}
