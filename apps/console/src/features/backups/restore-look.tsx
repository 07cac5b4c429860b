import type { OperationView, RestoreFound, VideoRestorePlan } from '@transcode/contracts';
import { Button, formatMoment, Time } from '@transcode/ui';
import { useState } from 'react';
import { Figure } from './backups-table.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import { changesAnything, consequences, tableName } from './restore-words.ts';
import type { useRestores } from './use-backups.ts';
import '../shell/block-table.css';
import './backups.css';

interface RestoreLookProps {
  readonly look: OperationView;
  readonly restore: ReturnType<typeof useRestores>['restore'];
  /** One of several is meant. */
  readonly onChoose: (id: string) => void;
}

/** What a dry run has found: what would change, or which videos were called so. */
export function RestoreLook({ look, restore, onChoose }: RestoreLookProps) {
  const [asks, setAsks] = useState(false);
  const { found } = look;
  if (found === null) return null;
  if (found.found === 'several') return <Several found={found} onChoose={onChoose} />;
  const isChange = changesAnything(found);
  return (
    <section aria-label="What a restore would change" className="flex flex-col gap-3">
      <p className="max-w-[72ch]">
        {isChange ? (
          <>
            A restore of <span className="font-medium break-words">{found.title}</span> as it was on{' '}
            {formatMoment(found.at)} would change:
          </>
        ) : (
          <>
            <span className="font-medium break-words">{found.title}</span> is as it was on {formatMoment(found.at)}: a
            restore would change nothing.
          </>
        )}{' '}
        {look.endedAt !== null && <Time at={look.endedAt} className="text-small whitespace-nowrap text-ink-3" />}
      </p>
      <ChangesThatWould plan={found} />
      {isChange && (
        <>
          <Button kind="primary" className="self-start" onClick={() => setAsks(true)}>
            Restore the video…
          </Button>
          <RestoreDialog plan={found} id={look.id} open={asks} restore={restore} onClose={() => setAsks(false)} />
        </>
      )}
    </section>
  );
}

/** By table, and what becomes of objects and of work that had not ended. */
export function ChangesThatWould({ plan }: { plan: VideoRestorePlan }) {
  return (
    <>
      {changesAnything(plan) && <Changes plan={plan} />}
      <ul className="flex flex-col gap-1 text-small text-ink-2">
        {consequences(plan).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {plan.objects.named.map((key) => (
          <li key={key} className="font-mono break-all text-ink-3">
            {key}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Its own row and all that hangs on it. */
function Changes({ plan }: { plan: VideoRestorePlan }) {
  return (
    <table className="block-table backups-table max-w-[48rem]" aria-label="Rows by table">
      <thead>
        <tr>
          <th scope="col">Table</th>
          <th scope="col" className="block-figure">
            Added
          </th>
          <th scope="col" className="block-figure">
            Set back
          </th>
          <th scope="col" className="block-figure">
            Unchanged
          </th>
        </tr>
      </thead>
      <tbody>
        {plan.changes.map(({ table, added, replaced, same }) => (
          <tr key={table} data-table={tableName(table)}>
            <th scope="row" className="block-whole font-normal">
              {tableName(table)}
            </th>
            <Figure label="Added">{added.toLocaleString('en')}</Figure>
            <Figure label="Set back">{replaced.toLocaleString('en')}</Figure>
            <Figure label="Unchanged">{same.toLocaleString('en')}</Figure>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface SeveralProps {
  readonly found: Extract<RestoreFound, { found: 'several' }>;
  readonly onChoose: (id: string) => void;
}

function Several({ found: { videos, more }, onChoose }: SeveralProps) {
  return (
    <section aria-label="Which of them" className="flex flex-col gap-3">
      <p>
        {more ? 'More than ' : ''}
        {videos.length} videos were called so. Which one is meant?
      </p>
      <ul className="flex flex-col border-t border-line">
        {videos.map(({ id, title, createdAt }) => (
          <li key={id} className="flex min-h-11 flex-wrap items-center gap-x-4 border-b border-line py-1">
            <span className="min-w-0 flex-1 basis-60 break-words">
              {title} <code className="block font-mono text-small break-all text-ink-3">{id}</code>
            </span>
            <span className="text-small text-ink-2">
              made <Time at={createdAt} />
            </span>
            <Button small onClick={() => onChoose(id)} aria-label={`See what would change of ${title}, ${id}`}>
              This one
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
