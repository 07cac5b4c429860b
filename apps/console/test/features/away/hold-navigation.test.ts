import { expect, test } from 'vitest';
import { heldNavigation } from '../../../src/features/away/hold-navigation.ts';
import type { Standing } from '../../../src/features/away/server-watch.ts';

const PAGE = { headers: { rsc: '1' } };
const found: Standing = { trouble: undefined, since: undefined, isAwaited: false };

/** A server that answers so, one after the other, and what is done about it. */
function line(...answers: (number | Error)[]) {
  const seen: string[] = [];
  const fetch = (): Promise<Response> => {
    const next = answers.shift() ?? 200;
    seen.push('asked');
    return typeof next === 'number' ? Promise.resolve(new Response('', { status: next })) : Promise.reject(next);
  };
  const watch = {
    standing: () => found,
    whenWell: () => {
      seen.push('waited');
      return Promise.resolve();
    },
  };
  return { seen, watch, ask: heldNavigation(fetch, watch) };
}
const broken = new TypeError('Failed to fetch');

test.each([
  ['nothing answered', broken],
  ['somebody before it answered', 502],
  ['it could not work', 503],
])('the way to a page where %s is taken again once the server is there', async (_, first) => {
  const { ask, seen } = line(first, 200);
  expect((await ask('/jobs', PAGE)).status).toBe(200);
  expect(seen).toEqual(['asked', 'waited', 'asked']);
});

test('while the server is known to be away it is not even tried', async () => {
  const { watch, seen } = line();
  const ask = heldNavigation(() => Promise.resolve(new Response(seen.push('asked') ? '' : '')), {
    ...watch,
    standing: () => ({ ...found, trouble: 'server' }),
  });
  await ask('/jobs', PAGE);
  expect(seen).toEqual(['waited', 'asked']);
});

test('what is not the way to a page is answered as it is', async () => {
  for (const init of [undefined, { headers: { rsc: '1', 'next-router-prefetch': '1' } }, { method: 'POST' }]) {
    const { ask, seen } = line(502);
    expect((await ask('/jobs', init)).status).toBe(502);
    await expect(line(broken).ask('/jobs', init)).rejects.toBe(broken);
    expect(seen).toEqual(['asked']);
  }
});

test('a page that is gone, or that fails by itself, is answered as it is', async () => {
  for (const status of [404, 500]) {
    const { ask, seen } = line(status);
    expect((await ask('/jobs', PAGE)).status).toBe(status);
    expect(seen).toEqual(['asked']);
  }
});

test('a way that was given up is let go', async () => {
  const given = AbortSignal.abort();
  const { ask, seen } = line(new DOMException('Aborted', 'AbortError'));
  await expect(ask('/jobs', { ...PAGE, signal: given })).rejects.toThrow('Aborted');
  expect(seen).toEqual(['asked']);
});

test('a page that cannot be had though the server is there is not asked for without end', async () => {
  const { ask, seen } = line(502, 502, 502, 502, 502);
  expect((await ask('/jobs', PAGE)).status).toBe(502);
  expect(seen.filter((what) => what === 'asked')).toHaveLength(3);
});
