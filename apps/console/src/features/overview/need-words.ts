import { counted, isTheFilesFault, nounFor, workWords, type Need } from '@transcode/contracts';
import { formatBytes, formatSpan } from '@transcode/ui';
import { controlWords } from '../workers/worker-words.ts';

export interface NeedWords {
  /** What happened. */
  readonly title: string;
  /** What it means, and what helps. */
  readonly meaning: string;
  /** Where that is done; nothing where it is not done in the console. */
  readonly link: { readonly words: string; readonly href: string } | undefined;
}

/** What needs an operator, in sentences, with the one thing to do. */
export function needWords(need: Need): NeedWords {
  switch (need.kind) {
    case 'dependencyAway':
      return need.what === 'storage'
        ? {
            title: 'The storage does not answer',
            meaning: `Nothing is uploaded, encoded or played until it does; what runs waits. It says: ${need.reason}.`,
            link: undefined,
          }
        : {
            title: 'The queue does not answer',
            meaning: `Workers hear of nothing new until Redis is back; nothing is lost. It says: ${need.reason}.`,
            link: undefined,
          };
    case 'noReconciler':
      return {
        title: 'Nobody looks after what gets lost',
        meaning:
          'No API process reconciles: tasks of dead workers wait, and storage is not swept. Restart the API, and see its log for why it does not reach Postgres.',
        link: undefined,
      };
    case 'storageFilling':
      return {
        title: `The storage has ${formatBytes(need.freeBytes)} left`,
        meaning: `Of ${formatBytes(need.totalBytes)}. When it is full, uploads are refused and work waits. Delete videos or add space.`,
        link: { words: 'Go to the videos', href: '/' },
      };
    case 'storageFull':
      return {
        title: 'The storage is full',
        meaning: `Its disk has ${formatBytes(need.freeBytes)} left, and ${formatBytes(need.reserveBytes)} stay free for the database. Uploads are refused and work waits until there is more. Delete videos, cancel uploads that nobody goes on with, or add space.`,
        link: { words: 'Go to the videos', href: '/' },
      };
    case 'noWorkerOfClass':
      return {
        title: `${tasks(need.waiting)} ${need.waiting === 1 ? 'waits' : 'wait'} for a worker that takes ${workWords(need.class)}`,
        meaning: 'There is none, so they wait for ever. Start one that serves this class.',
        link: { words: 'See the workers', href: '/workers' },
      };
    case 'workStopped':
      return {
        title: `${stoppedBy(need)}, and ${tasks(need.waiting)} of ${workWords(need.class)} ${need.waiting === 1 ? 'waits' : 'wait'}`,
        meaning: `${[...new Set(need.controls.map(({ by }) => by))].join(', ')} did it. Videos stand still where they need it.`,
        link: undefined,
      };
    case 'backlogLong':
      return {
        title: `${tasks(need.waiting)} of ${workWords(need.class)} ${need.waiting === 1 ? 'waits' : 'wait'}`,
        meaning: `As it goes now, all of it takes ${formatSpan(need.seconds)}. More workers make it shorter.`,
        link: { words: 'See the workers', href: '/workers' },
      };
    case 'workerQuarantined':
      return {
        title: `${need.workerId} is in quarantine`,
        meaning: `${asSentence(need.reason || 'Its last tasks died of their surroundings')} It takes nothing until it is well. Mend its machine.`,
        link: { words: 'See the worker', href: `/workers/${encodeURIComponent(need.workerId)}` },
      };
    case 'jobsFailed': {
      const { count: jobs } = need;
      const count = `${bounded(need)} ${nounFor(jobs, 'job')}`;
      return {
        title: `${count} failed: ${asSentence(need.sentence || need.code)}`,
        meaning: isTheFilesFault(need.code)
          ? nounFor(
              jobs,
              'The file is at fault: sending it again as it is does not help.',
              'The files are at fault: sending them again as they are does not help.',
            )
          : nounFor(
              jobs,
              'Its video is not published. Read the cause, mend it, and try it again.',
              'Their videos are not published. Read the cause, mend it, and try them again.',
            ),
        link:
          need.count === 1
            ? { words: 'See the video', href: `/videos/${need.videoId}` }
            : {
                words: `See the ${count}`,
                href: `/jobs?${new URLSearchParams({ state: 'failed', cause: need.code, span: '24h' }).toString()}`,
              },
      };
    }
    case 'outboxStuck':
      return {
        title: `${bounded(need)} ${nounFor(need.count, 'message is', 'messages are')} not told`,
        meaning: 'Others do not hear that videos are ready. It goes on by itself once the reconciler reaches Redis.',
        link: undefined,
      };
    case 'uploadsStuck':
      return need.how === 'received'
        ? {
            title: `${uploads(need)} arrived whole, and nothing follows`,
            meaning: nounFor(
              need.count,
              'Its video should have begun. The API’s log says why it was not finished.',
              'Their videos should have begun. The API’s log says why they were not finished.',
            ),
            link: { words: 'Go to the videos', href: '/' },
          }
        : {
            title: `${uploads(need)} got no byte for a day`,
            meaning: nounFor(
              need.count,
              'Whoever sends it can go on where it stopped. A week after the last byte it expires.',
              'Whoever sends them can go on where they stopped. A week after the last byte they expire.',
            ),
            link: { words: 'Go to the videos', href: '/' },
          };
    case 'backups':
      return { title: need.title, meaning: need.meaning, link: undefined };
    case 'controlForgotten':
      break;
  }
  return {
    title: `${controlWords(need, 0)}, for longer than an hour`,
    meaning: `${need.by} did it. Nothing of it is taken until somebody resumes it.`,
    link: undefined,
  };
}

function stoppedBy({ controls }: Extract<Need, { kind: 'workStopped' }>): string {
  return controls.map(controlWords).join(', ');
}

function tasks(count: number): string {
  return counted(count, 'task');
}

function uploads(need: { count: number; more: boolean }): string {
  return `${bounded(need)} ${nounFor(need.count, 'upload')}`;
}

function bounded({ count, more }: { count: number; more: boolean }): string {
  return more ? `More than ${count.toLocaleString('en')}` : count.toLocaleString('en');
}

function asSentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
