import { OPERATION_NOUNS, type BackupsView, type OperationView } from '@transcode/contracts';
import { Button, Progress, Time } from '@transcode/ui';
import Link from 'next/link';
import { Command } from '../video/command.tsx';
import { fractionOf, isOpen, operationWords } from '../operations/operation-words.ts';
import { ageWords } from './backup-words.ts';
import { useRunBackups } from './use-backups.ts';

const BY_CRON_JOB = 'kubectl create job --from=cronjob/postgres-backup postgres-backup-manual';

/** Makes one now, shows how it goes, and stops it; where nobody does that, says how it is done elsewhere. */
export function RunNow({ view, now }: { view: BackupsView; now: Date }) {
  const { run, cancel, isBusy } = useRunBackups();
  const { runner, operations, lastGood } = view;
  const open = operations.filter(isOpen);
  const kinds = new Set(open.map(({ kind }) => kind));
  const last = operations.find((operation) => !isOpen(operation));
  return (
    <div className="flex flex-col gap-3">
      {runner === null ? (
        <NoRunner />
      ) : (
        <div className="flex flex-wrap gap-2">
          <Button kind="primary" busy={isBusy} disabled={isBusy || kinds.has('backup')} onClick={() => run('backup')}>
            Back up now
          </Button>
          {runner.nextDrillAt !== null && lastGood !== null && (
            <Button busy={isBusy} disabled={isBusy || kinds.has('drill')} onClick={() => run('drill')}>
              Hold a drill now
            </Button>
          )}
        </div>
      )}
      {open.map((operation) => (
        <Open key={operation.id} operation={operation} now={now} busy={isBusy} onCancel={() => cancel(operation.id)} />
      ))}
      <output className="text-small text-ink-2">{last && open.length === 0 && <Ended operation={last} />}</output>
    </div>
  );
}

interface OpenProps {
  readonly operation: OperationView;
  readonly now: Date;
  readonly busy: boolean;
  readonly onCancel: () => void;
}

function Open({ operation, now, busy, onCancel }: OpenProps) {
  const { kind, state, canceledBy, startedAt } = operation;
  return (
    <div data-operation={kind} className="flex max-w-[40rem] flex-col gap-2 border-y border-line py-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-60 break-words">
          {operationWords(operation)}
          {startedAt !== null && <span className="pl-2 text-small text-ink-3">{ageWords(startedAt, now)}</span>}
        </p>
        <Button small disabled={busy || canceledBy !== null} onClick={onCancel}>
          Stop the {OPERATION_NOUNS[kind]}
        </Button>
      </div>
      <Progress
        fraction={fractionOf(operation)}
        label={`How far the ${OPERATION_NOUNS[kind]} is`}
        still={state === 'queued' || canceledBy !== null}
      />
    </div>
  );
}

function Ended({ operation }: { operation: OperationView }) {
  const { kind, state, endedAt, about } = operation;
  return (
    <span className={state === 'failed' ? 'text-red' : undefined}>
      {operationWords(operation)}{' '}
      {kind === 'restore' && state === 'completed' && about?.videoId && (
        <Link href={`/videos/${about.videoId}`} className="text-accent underline underline-offset-4">
          Open the video
        </Link>
      )}{' '}
      {endedAt !== null && <Time at={endedAt} className="text-ink-3" />}
    </span>
  );
}

function NoRunner() {
  return (
    <div className="flex max-w-[72ch] flex-col gap-2">
      <p className="text-ink-2">
        Nobody runs backups here. In a cluster its CronJob does, each night, and now by this command. On one machine it
        was started with <code className="font-mono text-small">--no-backup</code>: there{' '}
        <code className="font-mono text-small">./transcode backup</code> makes one.
      </p>
      <Command text={BY_CRON_JOB} />
    </div>
  );
}
