import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SPANS } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Collector {
  readonly processors: { readonly tail_sampling: { readonly policies: readonly Policy[] } & Sizes };
  readonly service: { readonly pipelines: { readonly traces: { readonly processors: readonly string[] } } };
}
interface Sizes {
  readonly num_traces: number;
  readonly decision_cache: { readonly sampled_cache_size: number; readonly non_sampled_cache_size?: number };
}
interface Policy {
  readonly name: string;
  readonly type: string;
  readonly ottl_condition?: { readonly span: readonly string[] };
}

const { processors, service } = parse(
  readFileSync(join(import.meta.dirname, '../otel-collector.yml'), 'utf8'),
) as Collector;
const { policies, num_traces: held, decision_cache: cache } = processors.tail_sampling;
const conditions = policies.flatMap(({ ottl_condition: ottl }) => ottl?.span ?? []);

test('memory is looked at first, and what is kept goes out in batches', () => {
  expect(service.pipelines.traces.processors).toEqual(['memory_limiter', 'tail_sampling', 'batch']);
});

test('errors, videos, what is slow and a share of the rest are kept', () => {
  expect(policies.map(({ name, type }) => [name, type])).toEqual([
    ['errors', 'status_code'],
    ['videos', 'ottl_condition'],
    ['slow-requests', 'ottl_condition'],
    ['slow-statements', 'ottl_condition'],
    ['a-share-of-the-rest', 'probabilistic'],
  ]);
});

test('conditions name attributes that our spans have', () => {
  const named = conditions.flatMap((text) => [...text.matchAll(/attributes\["([^"]+)"\]/g)].map(([, name]) => name));
  const known = new Set<string>(Object.values(SPANS).flatMap(({ attributes }) => attributes as readonly string[]));
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !known.has(name ?? ''))).toEqual([]);
});

test('what is kept is remembered for longer than spans are held, and what was dropped is not', () => {
  expect(cache.sampled_cache_size).toBeGreaterThanOrEqual(10 * held);
  expect(cache.non_sampled_cache_size).toBeUndefined();
});
