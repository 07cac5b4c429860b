import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProcess } from '../api-process.ts';
import { install, type Installation } from '../installation.ts';

const READERS = 8;
const TIMES = 4;

let here: Installation;

beforeAll(async () => {
  here = await install();
});
afterAll(() => here.dispose());

interface Answer {
  readonly status: number;
  /** Over a connection on which an answer had come before. */
  readonly reused: boolean;
  readonly error?: string;
}

function ask(url: string, agent: Agent): Promise<Answer> {
  return new Promise((resolve) => {
    const request = get(`${url}/health`, { agent }, (response) => {
      response.resume();
      response.once('end', () => resolve({ status: response.statusCode ?? 0, reused: request.reusedSocket }));
    });
    request.once('error', ({ message }) => resolve({ status: 0, reused: request.reusedSocket, error: message }));
  });
}

/** Asks again and again over one connection, until no new one can be had. */
async function read(url: string): Promise<Answer[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const bad: Answer[] = [];
  for (;;) {
    const answer = await ask(url, agent);
    // Nobody listens there any more: a Service has sent such a client elsewhere by then.
    if (answer.status === 0 && !answer.reused) return bad;
    if (answer.status !== 200) bad.push(answer);
  }
}

test('who asks again and again over the connection that they have loses no question when it stops', async () => {
  const lost: Answer[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const api = await startProcess(here.env);
    const readers = Promise.all(Array.from({ length: READERS }, () => read(api.url)));
    await sleep(300);
    expect(await api.end('SIGTERM')).toBe(0);
    lost.push(...(await readers).flat());
  }
  expect(lost).toEqual([]);
});
