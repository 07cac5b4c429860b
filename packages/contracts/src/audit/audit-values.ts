import type { AuditView } from '../views/audit-view.ts';
import { counted } from '../counted.ts';
import { OPERATION_NOUNS } from '../work/operations.ts';

/** What was before or after, by its name. */
type Values = AuditView['before'];

export function changes(before: Values, after: Values): string {
  const names = Object.keys({ ...before, ...after });
  return names
    .map((name) => {
      const [old, now] = [valueOf(name, before?.[name]), valueOf(name, after?.[name])];
      return `${name} from ${old} to ${now}`;
    })
    .join(', ');
}

export function valueOf(name: string, value: unknown): string {
  if (name === 'role') return roleWords(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(quoted).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return quoted(value);
}

const ROLES: Readonly<Record<string, string>> = {
  viewer: 'a viewer',
  editor: 'an editor',
  operator: 'an operator',
  admin: 'an administrator',
};

export function roleWords(role: unknown): string {
  return ROLES[textOf(role)] ?? textOf(role);
}

export function mayWords(values: Values): string {
  const reach = values?.['reach'] === 'all' ? 'all workspaces' : 'one workspace';
  return `${roleWords(values?.['role'])} of ${reach}`;
}

export function inWorkspaces(names: unknown): string {
  return Array.isArray(names) && names.length > 0 ? ` of ${names.map(quoted).join(', ')}` : '';
}

export function endedSessions(sessions: unknown): string {
  const count = numberOf(sessions);
  return count === 0 ? '' : ` and ended ${counted(count, 'session')}`;
}

const STATES: Readonly<Record<string, string>> = { paused: 'paused', draining: 'being drained' };

export function wasBefore(before: Values): string {
  const state = STATES[textOf(before?.['state'])];
  return state === undefined ? '' : `, which was ${state}`;
}

export function from(address: unknown): string {
  return typeof address === 'string' ? ` from ${address}` : '';
}

export function inBrowser(userAgent: unknown): string {
  return typeof userAgent === 'string' ? ` (${userAgent.slice(0, 80)})` : '';
}

const OPERATIONS: Readonly<Record<string, string>> = OPERATION_NOUNS;

/** `a backup`, `a drill` */
export function operationWords(values: Values): string {
  const kind = textOf(values?.['kind']);
  return `a ${OPERATIONS[kind] ?? kind}`;
}

/** To the minute, in UTC: a sentence is the same for whoever reads it. */
export function momentOf(value: unknown): string {
  return typeof value === 'string' ? `${value.slice(0, 16).replace('T', ' ')} UTC` : 'a time that nobody knows';
}

export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : 'what nobody knows';
}

export function quoted(value: unknown): string {
  return typeof value === 'string' ? `“${value}”` : 'what nobody knows';
}
