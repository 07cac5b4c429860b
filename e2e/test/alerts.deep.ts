import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client } from '../src/client.ts';
import { holdProcess } from '../src/hold-process.ts';
import { startInstallation, type Installation } from '../src/installation.ts';
import { pidOf, redisOf, supervisorOf } from '../src/pid-of.ts';

/** An alert waits for its cause to last, and its end for the next message of its group: minutes. */
const TOLD = { timeout: 720_000, interval: 1_000 };
/** More jobs of files that cannot be used than the alert wants in half an hour. */
const BAD_FILES = 25;

interface Channel {
  readonly url: string;
  readonly heard: string[];
  close(): Promise<void>;
}

/** Slack or PagerDuty, as far as Alertmanager can tell. */
async function openChannel(): Promise<Channel> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      heard.push(body);
      return response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"success"}');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What breaks in a running installation, and who is told. It lasts for half an hour. */
describe('alerts', () => {
  let folder: string;
  let slack: Channel;
  let pager: Channel;
  let installation: Installation;
  let client: Client;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'alerts-'));
    [slack, pager] = await Promise.all([openChannel(), openChannel()]);
    await writeFile(path.join(folder, 'slack'), slack.url);
    await writeFile(path.join(folder, 'pager'), 'key');
    installation = await startInstallation({
      options: ['--monitoring'],
      settings: {
        ALERT_SLACK_URL_FILE: path.join(folder, 'slack'),
        ALERT_PAGERDUTY_KEY_FILE: path.join(folder, 'pager'),
        ALERT_PAGERDUTY_URL: pager.url,
      },
    });
    client = new Client(installation.url, await installation.key('editor'));
    await writeFile(path.join(folder, 'text.mp4'), 'This was never a video.');
  }, 300_000);
  afterAll(async () => {
    await installation.stop();
    await Promise.all([slack.close(), pager.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  const told = ({ heard }: Channel, alert: string, state: 'firing' | 'resolved'): string | undefined =>
    heard.find((message) => message.includes(alert) && OVER.test(message) === (state === 'resolved'));
  const untilTold = async (channels: readonly Channel[], alert: string, state: 'firing' | 'resolved') => {
    await waitFor(() => channels.every((channel) => told(channel, alert, state) !== undefined), TOLD);
  };

  test('no worker while work waits reaches pager and Slack, its backlog nobody, and both hear of the end', async () => {
    {
      using held = new DisposableStack();
      held.use(holdProcess(await supervisorOf(installation.data)));
      process.kill(await pidOf(installation.data, 'worker-1'), 'SIGKILL');
      await client.upload(path.join(folder, 'text.mp4'));
      await untilTold([slack, pager], 'NoWorkerAlive', 'firing');
    }
    await untilTold([slack, pager], 'NoWorkerAlive', 'resolved');
    for (const alert of ['QueueDeep', 'OldestTaskWaits', 'TranscodingStalled'])
      expect([alert, told(slack, alert, 'firing')]).toEqual([alert, undefined]);
  }, 1_500_000);

  test('Redis and storage that are away are told with what they are, and that they are back', async () => {
    const storage = path.join(installation.data, 'storage');
    {
      using held = new DisposableStack();
      held.use(holdProcess(await redisOf(installation.data)));
      await rename(storage, `${storage}-away`);
      await writeFile(storage, 'in the way');
      await untilTold([slack, pager], 'RedisDown', 'firing');
      await untilTold([slack, pager], 'StorageDown', 'firing');
      await rm(storage);
      await rename(`${storage}-away`, storage);
    }
    await untilTold([slack, pager], 'RedisDown', 'resolved');
    await untilTold([slack, pager], 'StorageDown', 'resolved');
    // What needs them was not told beside them.
    for (const alert of ['APIErrors', 'StorageErrors', 'OutboxBacklog'])
      expect([alert, told(slack, alert, 'firing')]).toEqual([alert, undefined]);
  }, 1_500_000);

  test('a burst of files that cannot be used is told in the morning', async () => {
    for (let file = 0; file < BAD_FILES; file++) await client.upload(path.join(folder, 'text.mp4'));
    await untilTold([slack], 'InputFailures', 'firing');
    expect(told(pager, 'InputFailures', 'firing')).toBeUndefined();
  }, 1_500_000);
});

/** Slack is told by a colour, PagerDuty by what to do with the incident. */
const OVER = /"color":"good"|"event_action":"resolve"/;
