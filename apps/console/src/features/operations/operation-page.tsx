'use client';
import { OPERATION_NOUNS, type OperationView } from '@transcode/contracts';
import { Button, formatSpan, Icon, Progress, Skeleton, Time } from '@transcode/ui';
import Link from 'next/link';
import { ChangesThatWould } from '../backups/restore-look.tsx';
import { CopyId } from '../job/copy-id.tsx';
import { StateSign } from '../jobs/state-sign.tsx';
import { useNow } from '../jobs/use-now.ts';
import { ForRole } from '../shell/for-role.tsx';
import { NotLoaded } from '../shell/not-loaded.tsx';
import { Section } from '../video/section.tsx';
import { fractionOf, isOpen, secondsOf, titleOf } from './operation-words.ts';
import { useOperation, useOperationActions } from './use-operations.ts';

/** One backup, drill or restore: what it did, step by step, and what came of it. */
export function OperationPage({ id }: { id: string }) {
  return (
    <ForRole role="admin">
      <Loading id={id} />
    </ForRole>
  );
}

function Loading({ id }: { id: string }) {
  const operation = useOperation(id);
  if (operation.data) return <Loaded operation={operation.data} />;
  if (operation.isPending) {
    return (
      <div aria-hidden="true" className="flex flex-col gap-4">
        <Skeleton className="h-7 w-1/3" />
        <Skeleton className="h-40 w-full" />
      </div>
    );
  }
  return (
    <NotLoaded
      what="maintenance"
      error={operation.error}
      onRetry={() => void operation.refetch()}
      gone="It ended so long ago that it is forgotten."
      all={{ href: '/jobs?kind=maintenance', words: 'Go to the maintenance' }}
    />
  );
}

function Loaded({ operation }: { operation: OperationView }) {
  const now = useNow();
  const { id, kind, state, askedBy, canceledBy, about, found, sentence } = operation;
  const title = titleOf(operation);
  const seconds = secondsOf(operation, now);
  return (
    <>
      <title>{`${title} · Transcode`}</title>
      <header className="flex flex-wrap items-start gap-3 pb-6">
        <Link
          href="/jobs?kind=maintenance"
          aria-label="Back to the maintenance"
          className="-ml-2 inline-flex size-10 shrink-0 items-center justify-center rounded-control text-ink-2 hover:bg-raised hover:text-ink"
        >
          <Icon name="back" />
        </Link>
        <div className="min-w-0 flex-1 basis-60">
          <h1 className="text-title font-medium break-words">{title}</h1>
          <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-small text-ink-2" data-operation-state={state}>
            <StateSign state={state} outlook={null} />
            <span>{askedBy === null ? 'By schedule' : `Asked for by ${askedBy}`}</span>
            {canceledBy !== null && <span>Stopped by {canceledBy}</span>}
            <span>
              <Time at={operation.startedAt ?? operation.createdAt} />
              {seconds !== undefined && `, ${isOpen(operation) ? 'for' : 'took'} ${formatSpan(seconds)}`}
            </span>
            <CopyId id={id} what={OPERATION_NOUNS[kind]} />
            {about?.videoId && kind === 'restore' && state === 'completed' && (
              <Link href={`/videos/${about.videoId}`} className="text-accent underline underline-offset-4">
                Open the video
              </Link>
            )}
            <Link href="/backups" className="text-accent underline underline-offset-4">
              Open Backups
            </Link>
          </p>
        </div>
        <Actions operation={operation} />
      </header>
      <div className="flex min-w-0 flex-col gap-10">
        {sentence !== null && <Said state={state} sentence={sentence} />}
        <Steps operation={operation} now={now} />
        {found?.found === 'plan' && (
          <Section title="What a restore would change">
            <ChangesThatWould plan={found} />
          </Section>
        )}
        {found?.found === 'several' && (
          <Section title="Which videos were called so">
            <ul className="flex flex-col border-t border-line text-small">
              {found.videos.map((video) => (
                <li key={video.id} className="border-b border-line py-1.5 break-words">
                  {video.title} <code className="font-mono break-all text-ink-3">{video.id}</code>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
    </>
  );
}

function Actions({ operation: { id, kind, state, canceledBy } }: { operation: OperationView }) {
  const { cancel, retry } = useOperationActions(id);
  if (state === 'completed') return null;
  if (state === 'failed' || state === 'canceled') {
    return (
      <Button small icon="retry" busy={retry.busy} onClick={retry.run}>
        Retry
      </Button>
    );
  }
  return (
    <Button small busy={cancel.busy} disabled={cancel.busy || canceledBy !== null} onClick={cancel.run}>
      Stop the {OPERATION_NOUNS[kind]}
    </Button>
  );
}

function Said({ state, sentence }: Pick<OperationView, 'state'> & { sentence: string }) {
  const isFailed = state === 'failed';
  return (
    <section
      aria-label={isFailed ? 'What went wrong' : 'What to look at'}
      className={`flex items-start gap-3 border-l-4 bg-surface p-5 ${isFailed ? 'border-red' : 'border-amber'}`}
    >
      <Icon name="alert" className={`mt-0.5 size-5 ${isFailed ? 'text-red' : 'text-amber'}`} />
      <p className="max-w-[72ch] min-w-0 break-words">{sentence}</p>
    </section>
  );
}

/** Each step that was begun, and how long it took. */
function Steps({ operation, now }: { operation: OperationView; now: number }) {
  const { kind, state, steps, endedAt, canceledBy } = operation;
  const end = endedAt === null ? now : Date.parse(endedAt);
  return (
    <Section title="Steps">
      {isOpen(operation) && (
        <Progress
          fraction={fractionOf(operation)}
          label={`How far the ${OPERATION_NOUNS[kind]} is`}
          still={state === 'queued' || canceledBy !== null}
        />
      )}
      {steps.length === 0 ? (
        <p className="border-y border-line py-4 text-ink-3">
          {isOpen(operation)
            ? 'It has not begun yet: whoever makes backups takes it within seconds, one after another.'
            : 'It ended before its first step.'}
        </p>
      ) : (
        <ol aria-label="Steps" className="divide-y divide-line border-y border-line text-small">
          {steps.map(({ at, doing }, place) => {
            const next = steps[place + 1];
            const until = next === undefined ? end : Date.parse(next.at);
            return (
              <li key={at} className="flex min-h-8 items-baseline gap-x-4 py-1.5">
                <span className="w-6 shrink-0 text-right text-ink-3">{place + 1}</span>
                <span className="min-w-0 flex-1 break-words">{doing}</span>
                <span className="shrink-0 text-ink-2">{formatSpan(Math.max(0, (until - Date.parse(at)) / 1_000))}</span>
                <Time at={at} className="shrink-0 text-ink-3 max-sm:hidden" />
              </li>
            );
          })}
        </ol>
      )}
    </Section>
  );
}
