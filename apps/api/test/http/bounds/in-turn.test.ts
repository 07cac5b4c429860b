import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { waitFor } from '@transcode/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inTurn } from '../../../src/http/bounds/in-turn.ts';

let server: Server;
let socket: Socket;
let heard: string;
/** Requests that were begun and not answered yet. */
let begun: { url: string; response: ServerResponse }[];
let count: number;

beforeEach(async () => {
  [begun, count, heard] = [[], 0, ''];
  server = createServer(
    inTurn((request, response) => {
      count += 1;
      begun.push({ url: request.url ?? '', response });
    }),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  socket.on('error', () => undefined);
});
afterEach(() => {
  socket.destroy();
  server.close();
});

const requests = (times: number): string =>
  Array.from({ length: times }, (_, number) => `GET /${number} HTTP/1.1\r\nHost: here\r\n\r\n`).join('');

test('requests that come at once are answered one after another', async () => {
  socket.write(requests(4));
  for (let number = 0; number < 4; number += 1) {
    const one = await waitFor(() => begun.pop());
    expect([one.url, count]).toEqual([`/${number}`, number + 1]);
    one.response.end(`answer ${number};`);
  }
  await waitFor(() => heard.includes('answer 3;'));
  expect(heard.match(/answer \d;/g)).toEqual(['answer 0;', 'answer 1;', 'answer 2;', 'answer 3;']);
  // And so is one that comes later.
  socket.write(requests(1));
  (await waitFor(() => begun.pop())).response.end();
});

test('where very many come at once the connection is closed, and none is begun but the first', async () => {
  socket.write(requests(1_000));
  await once(socket, 'close');
  for (const { response } of begun) response.end();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(count).toBe(1);
});
