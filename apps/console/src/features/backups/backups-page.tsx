'use client';
import type { BackupsView } from '@transcode/contracts';
import { Button, classNames, EmptyState, Icon, Skeleton } from '@transcode/ui';
import { explain } from '../../lib/explain.ts';
import { useNow } from '../jobs/use-now.ts';
import { Section } from '../video/section.tsx';
import { exactly, lastGoodWords, nextWords, TONES } from './backup-words.ts';
import { BackupsTable } from './backups-table.tsx';
import { Copies } from './copies.tsx';
import { DrillsTable } from './drills-table.tsx';
import { RestoreVideo } from './restore-video.tsx';
import { canBeTaken } from './restore-words.ts';
import { RunNow } from './run-now.tsx';
import { useBackups } from './use-backups.ts';

/** Whether all of it could be brought back: the last good backup, how it goes on, and what there is. */
export function BackupsPage() {
  const backups = useBackups();
  if (backups.data) return <Loaded view={backups.data} error={backups.error} />;
  if (backups.isPending) {
    return (
      <>
        <h1 className="flex min-h-10 items-center pb-4 text-title font-medium">Backups</h1>
        <div aria-hidden="true" className="flex flex-col gap-10">
          <Skeleton className="h-24" />
          <Skeleton className="h-64" />
        </div>
      </>
    );
  }
  return (
    <EmptyState
      title="The backups could not be loaded"
      action={<Button onClick={() => void backups.refetch()}>Try again</Button>}
    >
      {explain(backups.error).sentence}
    </EmptyState>
  );
}

function Loaded({ view, error }: { view: BackupsView; error: unknown }) {
  const now = new Date(useNow());
  const { store, lastGood, backups, drills, copies } = view;
  const last = lastGoodWords(view, now);
  const next = nextWords(view, now);
  return (
    <div className="flex flex-col gap-10">
      <div className="flex flex-col gap-4">
        <h1 className="text-title font-medium">Backups</h1>
        <div className="flex flex-col gap-1">
          <p
            className={classNames('flex items-center gap-2 text-display font-medium', TONES[last.tone])}
            title={exactly(lastGood?.at ?? null)}
          >
            {last.tone !== 'well' && <Icon name="alert" className="size-5" />}
            {last.words}
          </p>
          {next && <p className="text-ink-2">{next}</p>}
          {Boolean(error) && <p className="text-small text-amber">What is shown is old: {explain(error).sentence}</p>}
        </div>
        <Where store={store} />
        <RunNow view={view} now={now} />
      </div>
      {view.runner !== null && backups.some(canBeTaken) && <RestoreVideo view={view} now={now} />}
      {copies && <Copies copies={copies} now={now} />}
      <Section title="History" note={backups.length === 0 ? undefined : 'Each counts once it was restored.'}>
        {backups.length === 0 ? (
          <p className="border-y border-line py-4 text-ink-3">
            {store?.trouble
              ? 'What there is cannot be read just now.'
              : 'None yet. The first is made at night, or now.'}
          </p>
        ) : (
          <BackupsTable backups={backups} />
        )}
      </Section>
      <Section
        title="Drills"
        note="The newest backup is restored where nothing else is, and a video is played there, or in a cluster read whole."
      >
        {drills.length === 0 ? (
          <p className="border-y border-line py-4 text-ink-3">
            None yet. Until one was held nobody knows how long a recovery takes.
          </p>
        ) : (
          <DrillsTable drills={drills} />
        )}
      </Section>
      <p className="max-w-[72ch] text-small text-ink-3">
        All of it is brought back by a command where the installation is, while it does not run:{' '}
        <code className="font-mono whitespace-nowrap">./transcode restore</code>
      </p>
    </div>
  );
}

/** Where they are, and what is wrong with that. */
function Where({ store }: Pick<BackupsView, 'store'>) {
  if (store === null) {
    return (
      <p className="max-w-[72ch] text-ink-2">
        Set <code className="font-mono text-small">BACKUP_URL</code> where the API runs, and this page tells of what is
        there.
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-1">
      <p className="text-small break-words text-ink-2">
        They are in <code className="font-mono break-all">{store.url}</code>.
      </p>
      {store.sameDisk && (
        <p className="max-w-[72ch] text-small text-amber">
          That is the disk that they are to protect: if it is lost, they are lost with it. Set{' '}
          <code className="font-mono">BACKUP_URL</code> to another disk or a bucket, and start again.
        </p>
      )}
      {store.trouble !== null && (
        <p className="max-w-[72ch] text-small text-red">
          It cannot be read just now. {store.trouble} What is shown is what was there before.
        </p>
      )}
    </div>
  );
}
