import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApi } from '../../src/start.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { callsOf, type PersonCalls } from '../person-calls.ts';
import { signIn } from '../sign-in.ts';
import { CUT } from '../slow-request.ts';
import { ABSENT, digest, MiB, someBytes, storedDigest, tus } from '../tus.ts';

/** What was shut out may go on so long; DESIGN's promise. */
const ENDED_MS = 5_000;
const TOTAL = 4 * MiB;

let here: Installation;
let replicas: [RunningApi, RunningApi];
let admin: PersonCalls;

beforeAll(async () => {
  here = await install();
  replicas = await Promise.all([here.start(), here.start()]);
  admin = await callsOf(here, replicas[0], 'admin');
});
afterAll(() => here.dispose());

interface Maker {
  readonly maker: PersonCalls;
  readonly keyId: string;
}

const WAYS: Record<string, (made: Maker) => Promise<unknown>> = {
  'its key is revoked': ({ maker, keyId }) => maker.call('DELETE', `/keys/${keyId}`),
  'the person is disabled': ({ maker }) => admin.call('POST', `/users/${maker.person.id}/disable`),
  'the person may only look by now': ({ maker }) =>
    admin.call('PATCH', `/users/${maker.person.id}`, { role: 'viewer' }),
  'the person is taken out of the workspace': ({ maker }) =>
    admin.call('DELETE', `/workspaces/${here.workspaceId}/members/${maker.person.id}`),
};

describe.concurrent('an upload under way ends within five seconds, saying why and keeping what came, when', () => {
  const shapes = { 'of a known length': TOTAL, 'of an unknown length': undefined };
  const cases = Object.entries(WAYS).flatMap(([way, end]) =>
    Object.entries(shapes).map(([shape, length]) => [way, shape, end, length] as const),
  );
  test.for(cases)('%s, %s', async ([, , end, length]) => {
    const maker = await callsOf(here, replicas[0], 'editor');
    const { body } = await maker.call('POST', '/keys', { name: 'Camera', role: 'editor' });
    const bytes = someBytes(TOTAL);
    // The other replica hears of it from the database alone.
    const client = tus(replicas[1], String(body['key']));
    const path = await client.begin(TOTAL);
    const writer = client.slowPatch(path, 0, length);
    let sent = 0;
    const send = async (): Promise<void> => {
      const [from, to] = [sent, sent + 1_000];
      sent = to;
      await writer.write(bytes.subarray(from, to));
    };
    await send();
    await end({ maker, keyId: String(body['id']) });
    const begun = performance.now();
    const told: string[] = [];
    const trickle = setInterval(() => void send().catch((error: Error) => told.push(error.message)), 50);
    const answer = await writer.answer;
    const took = performance.now() - begun;
    clearInterval(trickle);
    expect(told.filter((message) => !CUT.test(message))).toEqual([]);
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([401, { code: 'upload_access_ended' }]);
    expect(took).toBeLessThan(ENDED_MS);

    const goesOn = tus(replicas[1], await here.key('admin'));
    const offset = await goesOn.offset(path);
    expect(offset).toBeGreaterThanOrEqual(20_000);
    expect(offset).toBeLessThanOrEqual(sent);
    expect((await goesOn.patch(path, offset, bytes.subarray(offset))).status).toBe(204);
    expect(await storedDigest(here, path)).toBe(digest(bytes));
  });
});

test('an upload of which nothing comes ends as well, and so does one that a session sends; the next session goes on', async () => {
  const person = await here.person('editor');
  const cookieOf = async () => ({ cookie: await signIn(here, replicas[0], person), origin: replicas[1].url });
  const client = tus(replicas[1], '');
  const session = { authorization: ABSENT, ...(await cookieOf()) };
  const made = await client.create({ length: 10, metadata: { filename: 'a.mp4' }, headers: session });
  const path = made.headers.get('location') ?? '';
  const writer = client.slowPatch(path, 0, 10, session);
  const bytes = someBytes(10);
  await writer.write(bytes.subarray(0, 4));
  const begun = performance.now();
  await here.db.session.updateMany({ where: { userId: person.id }, data: { revokedAt: new Date() } });
  const answer = await writer.answer;
  expect([answer.status, JSON.parse(answer.body)]).toMatchObject([401, { code: 'upload_access_ended' }]);
  expect(performance.now() - begun).toBeLessThan(ENDED_MS);

  const next = { authorization: ABSENT, ...(await cookieOf()) };
  const head = await client.head(path, next);
  expect([head.status, head.headers.get('upload-offset')]).toEqual([200, '4']);
  expect((await client.patch(path, 4, bytes.subarray(4), next)).status).toBe(204);
});

test('an upload goes on while whose it is goes on', async () => {
  const client = tus(replicas[0], await here.key('editor'));
  const bytes = someBytes(10);
  const path = await client.begin(10);
  const writer = client.slowPatch(path, 0, 10);
  for (const byte of bytes) {
    await writer.write(Uint8Array.of(byte));
    await new Promise((resolve) => setTimeout(resolve, 700));
  }
  expect((await writer.answer).status).toBe(204);
  expect(await storedDigest(here, path)).toBe(digest(bytes));
});
