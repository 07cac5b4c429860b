import type { Random } from '@transcode/testing/random';
import { CAUSES, PRESETS, WORDS } from './scenery.ts';

export interface ListQuery {
  readonly kind: 'nothing' | 'facets' | 'time' | 'cause' | 'title' | 'title and facets';
  readonly params: Readonly<Record<string, string>>;
}

const STATES = ['queued', 'running', 'completed', 'failed', 'canceled'] as const;
const PRIORITIES = ['low', 'normal', 'high'] as const;
const HOUR_MS = 3_600_000;

/** What somebody may ask for: nothing, one thing, or several at once, likely ones and ones that nothing fits. */
export function randomQuery(random: Random): ListQuery {
  const limit = random.pick(['50', '100']);
  const facets = facetsOf(random);
  const title = { search: titleOf(random) };
  const cause = { failureCode: random.pick(CAUSES), ...some(random, 0.3, timeOf) };
  return random.pick<ListQuery>([
    { kind: 'nothing', params: { limit } },
    { kind: 'facets', params: { limit, ...facets } },
    { kind: 'facets', params: { limit, ...facets } },
    { kind: 'time', params: { limit, ...facets, ...timeOf(random) } },
    { kind: 'cause', params: { limit, ...cause } },
    { kind: 'title', params: { limit, ...title } },
    { kind: 'title and facets', params: { limit, ...facets, ...title } },
  ]);
}

function facetsOf(random: Random): Record<string, string> {
  const states = random.shuffled(STATES).slice(0, 1 + Math.floor(random.next() * 3));
  return {
    ...some(random, 0.7, () => ({ state: states.join(',') })),
    ...some(random, 0.4, () => ({ priority: random.pick(PRIORITIES) })),
    ...some(random, 0.4, () => ({ preset: random.pick(PRESETS) })),
  };
}

function timeOf(random: Random): Record<string, string> {
  const since = Date.now() - random.between(1, 30 * 24) * HOUR_MS;
  const until = since + random.between(1, 72) * HOUR_MS;
  return {
    since: new Date(since).toISOString(),
    ...some(random, 0.5, () => ({ until: new Date(until).toISOString() })),
  };
}

/** A word that many titles have, one that few have, one that a single one has, and one that none has. */
function titleOf(random: Random): string {
  const number = Math.floor(random.next() * 1_000_000);
  return random.pick([random.pick(WORDS), `day ${number % 5_000} `, `${number}`, `no such title ${number}`]);
}

function some(
  random: Random,
  chance: number,
  make: (random: Random) => Record<string, string>,
): Record<string, string> {
  return random.next() < chance ? make(random) : {};
}
