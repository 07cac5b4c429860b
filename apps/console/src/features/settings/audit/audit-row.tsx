import { actorWords, auditWords, type AuditView } from '@transcode/contracts';
import { Time } from '@transcode/ui';
import Link from 'next/link';
import { changedFacts } from './changed-facts.ts';
import { pageOf } from './page-of.ts';

interface AuditRowProps {
  readonly entry: AuditView;
  readonly onFilter: (filter: Readonly<Record<string, string>>) => void;
}

const LINK = 'underline decoration-edge decoration-dotted underline-offset-4 hover:decoration-ink text-left';

/** One entry as a sentence; a name in it narrows the log to itself, and what is still there can be opened. */
export function AuditRow({ entry, onFilter }: AuditRowProps) {
  const { at, actor, target, workspace, about } = entry;
  const words = auditWords(entry);
  const facts = words.listed ? changedFacts(entry) : [];
  return (
    <li className="grid gap-x-4 py-1.5 md:grid-cols-[minmax(0,1fr)_96px]">
      <p className="min-w-0 break-words">
        {actor === null ? (
          actorWords(entry)
        ) : (
          <button type="button" className={LINK} onClick={() => onFilter({ actor: actor.id })}>
            {actorWords(entry)}
          </button>
        )}{' '}
        {words.before}
        {words.target !== null && (
          <button
            type="button"
            title={target}
            className={`${LINK} max-w-full break-words`}
            onClick={() => onFilter({ target })}
          >
            {words.target}
          </button>
        )}
        {words.after}
        {workspace && workspace.name !== words.target && <span className="text-ink-3"> · {workspace.name}</span>}
        {about && (
          <>
            {' '}
            <Link href={pageOf(about)} prefetch={false} className="text-accent underline underline-offset-4">
              Open
              <span className="sr-only"> {words.target}</span>
            </Link>
          </>
        )}
      </p>
      <p className="text-ink-3 md:text-right">
        <Time at={at} />
      </p>
      {facts.length > 0 && (
        <dl className="flex min-w-0 flex-wrap gap-x-4 text-ink-2">
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
      )}
    </li>
  );
}
