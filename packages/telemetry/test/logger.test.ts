import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { LOG_EVENTS, LOG_FIELDS } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { createLogger, type Logger } from '../src/index.ts';

async function logged(tell: (log: Logger) => void, level = 'info'): Promise<Record<string, unknown>[]> {
  const destination = new PassThrough();
  tell(createLogger({ name: 'api', level, destination }));
  destination.end();
  const lines = (await text(destination)).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('a line is one JSON object with our names, and says where in the source it was written', async () => {
  const [line] = await logged((log) => {
    log.child({ request_id: 'r1' }).info({ job_id: 'j1' }, 'Hello');
    log.debug('Not told at this level');
  });
  expect(line).toMatchObject({ level: 'info', msg: 'Hello', component: 'api', request_id: 'r1', job_id: 'j1' });
  expect(line?.['caller']).toMatch(/^api .*logger\.test\.ts:\d+$/);
  expect(new Date(String(line?.['time'])).toISOString()).toBe(line?.['time']);
  for (const field of Object.keys(line ?? {})) expect(Object.keys(LOG_FIELDS)).toContain(field);
});

test('an event is told by its name', async () => {
  const [line] = await logged((log) =>
    log.event(
      'warn',
      'storage_failed',
      { kind: 's3', operation: 'put', seconds: 2, err: new Error('away') },
      'Storage failed',
    ),
  );
  expect(line).toMatchObject({ level: 'warn', event: 'storage_failed', kind: 's3', operation: 'put' });
  expect(line?.['err']).toMatchObject({ message: 'away' });
});

test.each([
  ['a key', 'the key tc_Zm9vYmFyYmF6cXV4 was used', 'tc_Zm9vYmFyYmF6cXV4'],
  ['a bearer', 'authorization: Bearer eyJhbGciOi.abc', 'eyJhbGciOi'],
  ['a cookie', 'cookie next-auth.session-token=eyJhbGciOiJkaXIi; theme=dark', 'eyJhbGciOiJkaXIi'],
  ['a grant', 'GET /media/AZ0fGg3Kd8s7mYw2PZ/master.m3u8', 'AZ0fGg3Kd8s7mYw2PZ'],
  ['a share link', 'https://video.example.org/share/AZ0fGg3Kd8s7mYw2PZ', 'AZ0fGg3Kd8s7mYw2PZ'],
  ['a presigned address', 'https://s3/x?X-Amz-Credential=AKIA/1&X-Amz-Signature=0a1b2c3d4e&x=1', '0a1b2c3d4e'],
  ['a password in an address', 'connect to postgresql://transcode:hunter22@db:5432/x failed', 'hunter22'],
])('%s is in no line, wherever it stands', async (_, words, secret) => {
  const lines = await logged((log) => {
    log.error({ err: new Error(words), reason: words, said: [words] }, words);
    log.child({ reason: words }).info('x');
  });
  expect(JSON.stringify(lines)).not.toContain(secret);
  expect(lines).toHaveLength(2);
});

test('the level changes while it runs, for all that came from the same logger', async () => {
  const lines = await logged((log) => {
    const child = log.child({ worker_id: 'w' });
    child.debug('1');
    log.setLevel('debug');
    child.debug('2');
    log.setLevel('error');
    child.warn('3');
    child.error('4');
  });
  expect(lines.map(({ msg }) => msg)).toEqual(['2', '4']);
});

test('events have no fields but those that there are', () => {
  for (const fields of Object.values(LOG_EVENTS))
    for (const field of fields) expect(Object.keys(LOG_FIELDS)).toContain(field);
});
