import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { createServer, getCACertificates, setDefaultCACertificates, type Server } from 'node:tls';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Event } from '@transcode/contracts';
import { createConsumer, createEvents, createJobLogs, createQueues } from '../src/index.ts';
import { testRedis, type TestRedis } from './servers.ts';

const PATIENCE = { timeout: 20_000, interval: 50 };

let redis: TestRedis;
let door: Server;
let url: string;
let certificate: string;

/** Redis behind a door that speaks TLS, as managed ones have. */
beforeAll(async () => {
  redis = await testRedis();
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
  certificate = cert;
  const { port } = new URL(redis.url);
  door = createServer({ key, cert }, (client) => {
    const server = connect(Number(port), '127.0.0.1');
    for (const end of [client, server])
      end.on('error', () => undefined).on('close', () => [client, server].map((each) => each.destroy()));
    client.pipe(server).pipe(client);
  });
  door.on('tlsClientError', () => undefined);
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const address = new URL(redis.url.replace('redis:', 'rediss:'));
  address.host = `localhost:${(door.address() as AddressInfo).port}`;
  url = address.href;
});
afterAll(async () => {
  door.close();
  await redis.dispose();
});

test('a Redis whose certificate nobody vouches for is not spoken to', async () => {
  const errors: Error[] = [];
  const queues = createQueues({ redisUrl: url, onError: (error) => errors.push(error) });
  await expect(queues.ping()).rejects.toMatchObject({ code: 'queue_unavailable' });
  expect(errors.map(({ message }) => message)).toContainEqual(expect.stringMatching(/certificate/));
  await queues.close();
});

test('queues, events and logs go over TLS by their address alone', async () => {
  // As NODE_EXTRA_CA_CERTS does for a process that starts.
  setDefaultCACertificates([...getCACertificates('default'), certificate]);
  const queues = createQueues({ redisUrl: url });
  const events = createEvents({ redisUrl: url });
  const logs = createJobLogs({ redisUrl: url });
  const taskId = crypto.randomUUID();
  const delivered = Promise.withResolvers<string>();
  const consumer = createConsumer({
    redisUrl: url,
    class: 'light',
    concurrency: 1,
    handle: (delivery) => Promise.resolve(delivered.resolve(delivery.taskId)),
    onError: delivered.reject,
  });
  try {
    await queues.ping();
    await queues.deliver([{ id: taskId, class: 'light', priority: 'normal', token: 0, notBefore: null }]);
    expect(await delivered.promise).toBe(taskId);
    expect(await logs.read(taskId, { after: undefined, count: 1 })).toEqual({ lines: [], next: null });
    const heard: Event[] = [];
    events.subscribe((event) => heard.push(event));
    const event: Event = { type: 'video', workspaceId: taskId, videoId: taskId, state: 'ready' };
    await vi.waitFor(async () => {
      await events.send(event);
      expect(heard).toContainEqual(event);
    }, PATIENCE);
  } finally {
    await consumer.close(1_000);
    await events.close();
    await logs.close();
    await queues.close();
  }
});
