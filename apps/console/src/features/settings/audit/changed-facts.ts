import { ROLES, type AuditView } from '@transcode/contracts';
import { formatBitRate, formatMoment } from '@transcode/ui';
import { ROLE_WORDS } from '../role-words.ts';

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
    before: valueWords(name, before?.[name]),
    after: valueWords(name, after?.[name]),
  }));
}

/** `qualityFloor` is the quality floor. */
function nameWords(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[\d.]*Z$/;

/** Values as the pages that set them show them. */
function valueWords(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return /bitRate$/i.test(name) ? formatBitRate(value) : String(value);
  if (typeof value === 'string') {
    const role = name === 'role' ? ROLES.find((one) => one === value) : undefined;
    if (role !== undefined) return ROLE_WORDS[role].name;
    return MOMENT.test(value) ? formatMoment(value) : value;
  }
  if (Array.isArray(value)) return value.map((one) => valueWords(name, one)).join(', ') || 'none';
  const { height, bitRate }: { height?: unknown; bitRate?: unknown } = value;
  if (typeof height === 'number' && typeof bitRate === 'number') return `${height} lines at ${formatBitRate(bitRate)}`;
  return Object.entries(value)
    .map(([key, one]) => `${nameWords(key)} ${valueWords(key, one) ?? 'none'}`)
    .join(' ');
}
