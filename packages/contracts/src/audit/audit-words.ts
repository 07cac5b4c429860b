import { AUDIT_ACTIONS, IT, type Action, type Told } from './audit-actions.ts';
import type { AuditView } from '../views/audit-view.ts';
import { workWords } from '../work/class-words.ts';
import { TASK_CLASSES } from '../work/task-classes.ts';

const KNOWN: Readonly<Record<string, Action>> = AUDIT_ACTIONS;

export interface AuditWords {
  readonly before: string;
  /** The name of the thing, which stands between; null where it is not told. */
  readonly target: string | null;
  readonly after: string;
  /** Whether the values that changed have to be listed beside it. */
  readonly listed: boolean;
}

/** What was done as the end of a sentence. An action that nobody knows any more is told by its name. */
export function auditWords(told: Told): AuditWords {
  const { action, targetName, target } = told;
  const known = KNOWN[action];
  const words = known?.words(told) ?? `${action.replace('.', ': ')} ${IT}`;
  const [before = '', after] = words.split(IT);
  const name = scopeName(target) ?? targetName ?? shortened(target);
  return {
    before,
    target: after === undefined ? null : name,
    after: after ?? '',
    listed: known?.listed ?? known === undefined,
  };
}

/** The whole sentence. */
export function auditSentence(entry: Told & Pick<AuditView, 'actor'>): string {
  const { before, target, after } = auditWords(entry);
  return `${actorWords(entry)} ${before}${target ?? ''}${after}.`;
}

export function actorWords({ actor, details }: Pick<AuditView, 'actor' | 'details'>): string {
  if (actor !== null) return actor.kind === 'key' ? `API key “${actor.name}”` : actor.name;
  return details['local'] === true ? 'Somebody at the command line' : 'Somebody';
}

/** An id is told by its end, which differs; its beginning is the time. */
function shortened(target: string): string {
  return target.length === 36 ? `…${target.slice(-8)}` : target;
}

/** `class:cpu` is `CPU work`, `all` is `all work`. */
function scopeName(target: string): string | undefined {
  if (target === 'all') return 'all work';
  if (target.startsWith('worker:')) return target.slice('worker:'.length);
  const taskClass = TASK_CLASSES.find((each) => target === `class:${each}`);
  return taskClass === undefined ? undefined : workWords(taskClass);
}
