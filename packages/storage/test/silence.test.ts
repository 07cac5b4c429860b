import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStorage, type Storage } from '../src/index.ts';
import { all, refused } from './conformance.ts';

/** Takes connections and requests, and never answers. */
let server: Server;
let storage: Storage;
const connections: Socket[] = [];

beforeAll(async () => {
  server = createServer((socket) => {
    connections.push(socket);
    socket.on('error', () => undefined).resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  storage = openStorage('s3://bucket', { s3: { endpoint, accessKeyId: 'x', secretAccessKey: 'y' } });
});
afterAll(async () => {
  await storage.close();
  for (const socket of connections) socket.destroy();
  server.close();
});

it('nobody who has given up waits for an S3 server that is silent, and nothing is sent to it again', async () => {
  const stop = new AbortController();
  const bound = storage.until(stop.signal);
  const asked = [
    refused(bound.put('a', Buffer.from('x')), 'storage_unavailable'),
    refused(bound.get('a'), 'storage_unavailable'),
    refused(bound.delete(['a']), 'storage_unavailable'),
    refused(all(bound.list('a')), 'storage_unavailable'),
  ];
  while (connections.length < asked.length) await once(server, 'connection');
  stop.abort();
  await Promise.all(asked);
  await pause(500);
  expect(connections).toHaveLength(4);
});

it('an object that comes into being at this moment is no conflict: asked again, the server knows what became of it', async () => {
  const busy = createHttpServer((request, response) => {
    request.resume();
    response.writeHead(409, { 'content-type': 'application/xml' });
    response.end('<Error><Code>ConditionalRequestConflict</Code><Message>At this moment</Message></Error>');
  });
  busy.listen(0, '127.0.0.1');
  await once(busy, 'listening');
  const endpoint = `http://127.0.0.1:${(busy.address() as AddressInfo).port}`;
  const asked = openStorage('s3://bucket', { s3: { endpoint, accessKeyId: 'x', secretAccessKey: 'y' } });
  await expect(asked.put('a', Buffer.from('x'))).rejects.toMatchObject({ code: 'storage_unavailable' });
  await asked.close();
  busy.close();
});
