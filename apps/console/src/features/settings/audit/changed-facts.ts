import type { AuditView } from '@transcode/contracts';

interface ChangedFact {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What changed, value by value: before, after, or both. */
export function changedFacts({ before, after }: Pick<AuditView, 'before' | 'after'>): ChangedFact[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].map((name) => ({
    name: nameWords(name),
    before: valueWords(before?.[name]),
    after: valueWords(after?.[name]),
  }));
}

/** `qualityFloor` is the quality floor. */
function nameWords(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
}

function valueWords(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map((one) => valueWords(one)).join(', ') || 'none';
  return Object.entries(value)
    .map(([name, one]) => `${nameWords(name)} ${valueWords(one) ?? 'none'}`)
    .join(' ');
}
