import { JOB_STATES, PRIORITIES, type JobState, type Priority } from '@transcode/contracts';

/** What the list is narrowed to, as its address says it. */
export interface JobQuery {
  readonly state: readonly JobState[];
  readonly priority: readonly Priority[];
  readonly preset: string;
  readonly search: string;
  readonly cause: string;
  readonly span: Span | '';
}

/** How far back one looks. */
export const SPANS = {
  '1h': { words: 'Last hour', hours: 1 },
  '24h': { words: 'Last 24 hours', hours: 24 },
  '7d': { words: 'Last 7 days', hours: 7 * 24 },
  '30d': { words: 'Last 30 days', hours: 30 * 24 },
} as const;
export type Span = keyof typeof SPANS;

/** Reads an address; what it does not know is left out. */
export function parseJobQuery(params: URLSearchParams): JobQuery {
  const span = params.get('span') ?? '';
  return {
    state: several(params.get('state'), JOB_STATES),
    priority: several(params.get('priority'), PRIORITIES),
    preset: params.get('preset') ?? '',
    search: params.get('search') ?? '',
    cause: /^[a-z_]{1,60}$/.exec(params.get('cause') ?? '')?.[0] ?? '',
    span: isSpan(span) ? span : '',
  };
}

/** The address of a query; empty where it asks for everything. */
export function jobQueryText({ state, priority, ...texts }: JobQuery): string {
  const params = new URLSearchParams();
  if (state.length > 0) params.set('state', state.join(','));
  if (priority.length > 0) params.set('priority', priority.join(','));
  for (const [name, text] of Object.entries(texts)) if (text !== '') params.set(name, text);
  return params.toString();
}

/** A change of what the list is narrowed to by then. */
export type JobQueryChange = (now: JobQuery) => Partial<JobQuery>;

/** The address after a change of the one that there is: what a page shows may be behind it, and two changes must not lose each other. */
export function changedQueryText(address: string, change: JobQueryChange): string {
  const now = parseJobQuery(new URLSearchParams(address));
  return jobQueryText({ ...now, ...change(now) });
}

/** What the API is asked. A span is counted from `now`. */
export function jobFilterOf(query: JobQuery, now: Date) {
  const { state, priority, preset, search, cause, span } = query;
  return {
    ...(state.length > 0 && { state: [...state] }),
    ...(priority.length > 0 && { priority: [...priority] }),
    ...(preset !== '' && { preset }),
    ...(search.trim() !== '' && { search: search.trim() }),
    ...(cause !== '' && { failureCode: cause }),
    ...(span !== '' && { since: beginOf(span, now) }),
  };
}

export type JobFilter = ReturnType<typeof jobFilterOf>;

/** When a span began that ends now. */
export function beginOf(span: Span, now: Date): string {
  return new Date(now.getTime() - SPANS[span].hours * 3_600_000).toISOString();
}

function several<T extends string>(text: string | null, known: readonly T[]): T[] {
  const named = new Set<string>((text ?? '').split(','));
  return known.filter((one) => named.has(one));
}

function isSpan(text: string): text is Span {
  return Object.hasOwn(SPANS, text);
}
