import { setTimeout as pause } from 'node:timers/promises';
import { TranscodeError } from '@transcode/contracts';
import { openNamedStorage, type Storage } from '@transcode/storage';
import { createLogger } from '@transcode/telemetry';
import { openDeafLine, startStack, type Stack } from '@transcode/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { patientStorage } from '../src/patient-storage.ts';

const log = createLogger({ name: 'worker', level: 'silent' });
const never = new AbortController().signal;

let stack: Stack;
let storage: Storage;

beforeAll(async () => {
  stack = await startStack({ s3: true });
  storage = openNamedStorage({ STORAGE_URL: stack.storageUrl, ...stack.env });
});
afterAll(async () => {
  await storage.close();
  await stack.dispose();
});

test('what is asked while the storage is away is answered when it is back', async () => {
  const patient = patientStorage(storage, { until: never, log });
  await patient.put('w/here', Buffer.from('before'));
  const asked: Promise<unknown>[] = [];
  await stack.outage('s3', async () => {
    asked.push(patient.put('w/there', Buffer.from('during')), patient.read('w/here'), patient.head('w/here'));
    await pause(1_500);
  });
  const [put, read, head] = await Promise.all(asked);
  expect(put).toEqual({ bytes: 6 });
  expect(String(read)).toBe('before');
  expect(head).toMatchObject({ bytes: 6 });
  expect(String(await storage.read('w/there'))).toBe('during');
});

test('patience ends with the task, and with itself', async () => {
  const stop = new AbortController();
  const stopped = patientStorage(storage, { until: stop.signal, log });
  const short = patientStorage(storage, { until: never, log, patienceMs: 100 });
  await stack.outage('s3', async () => {
    const ended = stopped.read('w/here');
    stop.abort();
    await expect(ended).rejects.toMatchObject({ code: 'storage_unavailable' });
    await expect(short.put('w/never', Buffer.from('x'))).rejects.toMatchObject({ code: 'storage_unavailable' });
  });
});

test('an answer that gets lost on a line that forgets is asked for again', async () => {
  const endpoint = new URL(stack.env['S3_ENDPOINT'] ?? '');
  const line = await openDeafLine({ port: Number(endpoint.port) });
  endpoint.port = String(line.port);
  const far = openNamedStorage({ STORAGE_URL: stack.storageUrl, ...stack.env, S3_ENDPOINT: endpoint.href });
  const patient = patientStorage(far, { until: never, log, answerMs: 500 });
  await patient.put('w/near', Buffer.from('over a connection that is kept'));
  line.forget();
  const asked = performance.now();
  expect(String(await patient.read('w/near'))).toBe('over a connection that is kept');
  expect(performance.now() - asked).toBeLessThan(5_000);
  line.forget();
  expect(await patient.put('w/far', Buffer.from('sent twice'))).toEqual({ bytes: 10 });

  const stop = new AbortController();
  const stopped = patientStorage(far, { until: stop.signal, log });
  line.forget();
  setTimeout(() => stop.abort(), 200);
  await expect(stopped.put('w/nowhere', Buffer.from('x'))).rejects.toMatchObject({ code: 'storage_unavailable' });
  expect(await storage.head('w/nowhere')).toBeUndefined();
  await far.close();
  await line.close();
});

test('an object that arrived without its answer is not a conflict; one that was there before is', async () => {
  const body = Buffer.from('twice');
  // The first answer is lost on the way, as by a connection that breaks at the wrong moment; the rest is the real storage.
  let answers = 0;
  const forgetful = new Proxy(storage, {
    get: (target, name) => {
      const own: unknown = Reflect.get(target, name);
      if (name !== 'put') return typeof own === 'function' ? (own.bind(target) as unknown) : own;
      return async (...args: Parameters<Storage['put']>) => {
        const done = await target.put(...args);
        answers += 1;
        if (answers === 1) throw new TranscodeError('storage_unavailable', { reason: 'the answer was lost' });
        return done;
      };
    },
  });
  const patient = patientStorage(forgetful, { until: never, log });
  expect(await patient.put('w/twice', body)).toEqual({ bytes: body.length });
  await expect(patient.put('w/twice', body)).rejects.toMatchObject({ code: 'conflict' });
});
