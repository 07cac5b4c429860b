import type { AuditView } from '@transcode/contracts';
import { Time } from '@transcode/ui';
import { actionWords } from './action-words.ts';
import { changedFacts } from './changed-facts.ts';

interface AuditRowProps {
  readonly entry: AuditView;
  readonly onFilter: (filter: Readonly<Record<string, string>>) => void;
}

const LINK = 'underline decoration-edge decoration-dotted underline-offset-4 hover:decoration-ink text-left';

/** One change as a sentence; a name in it narrows the log to itself. */
export function AuditRow({ entry, onFilter }: AuditRowProps) {
  const { at, actor, action, target, targetName, workspace } = entry;
  const facts = changedFacts(entry);
  // Who signs in and out is the target as well.
  const isAboutSelf = action.startsWith('auth.') || action.startsWith('session.');
  return (
    <li className="grid gap-x-4 py-1.5 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_96px]">
      <p>
        {actor === null ? (
          'Somebody at the command line'
        ) : (
          <button type="button" className={LINK} onClick={() => onFilter({ actor: actor.id })}>
            {actor.kind === 'key' ? `API key “${actor.name}”` : actor.name}
          </button>
        )}{' '}
        {actionWords(action)}
        {!isAboutSelf && (
          <>
            :{' '}
            <button type="button" title={target} className={LINK} onClick={() => onFilter({ target })}>
              {targetName ?? shortened(target)}
            </button>
          </>
        )}
        {workspace && <span className="text-ink-3"> in {workspace.name}</span>}
      </p>
      <dl className="flex min-w-0 flex-wrap gap-x-4">
        {facts.map(({ name, before, after }) => (
          <div key={name} className="flex min-w-0 gap-x-2">
            <dt className="shrink-0 text-ink-3">{name}</dt>
            <dd className="line-clamp-2 min-w-0" title={[before, after].filter(Boolean).join(' → ')}>
              {before !== undefined && <del className="text-ink-3 decoration-ink-3">{before}</del>}
              {before !== undefined && after !== undefined && ' → '}
              {after !== undefined && <ins className="no-underline">{after}</ins>}
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-ink-3 md:text-right">
        <Time at={at} />
      </p>
    </li>
  );
}

/** An id is told by its end, which differs; its beginning is the time. */
function shortened(target: string): string {
  return target.length === 36 ? `…${target.slice(-8)}` : target;
}
