import type { DeedView, Stage, TaskView, VideoDetail } from '@transcode/contracts';
import { formatSpan } from '@transcode/ui';

/** Something that happened to a video, as a sentence. */
export interface Happening {
  readonly key: string;
  readonly at: string;
  readonly words: string;
  readonly bad?: boolean;
}

const DID: Record<Stage, string> = {
  probe: 'read the file',
  plan: 'planned the renditions',
  encode: 'encoded the picture',
  audio: 'encoded the sound',
  package: 'wrote the playlists',
  verify: 'checked every frame',
  measure: 'measured the quality',
  publish: 'published it',
  poster: 'made the chosen poster',
  erase: 'removed the files',
};

const TRIED: Record<Stage, string> = {
  probe: 'read the file',
  plan: 'plan the renditions',
  encode: 'encode the picture',
  audio: 'encode the sound',
  package: 'write the playlists',
  verify: 'check every frame',
  measure: 'measure the quality',
  publish: 'publish it',
  poster: 'make the chosen poster',
  erase: 'remove the files',
};

/**
 * What was done, by whom and by which worker, newest first. The parts that one worker made of one stage are one sentence. `deeds` are what
 * people did.
 */
export function historyOf(
  video: Pick<VideoDetail, 'createdAt' | 'fileName' | 'readyAt' | 'job'>,
  deeds: readonly DeedView[] = [],
): Happening[] {
  const { job } = video;
  const tasks = job?.tasks ?? [];
  const ended = tasks.filter(({ state }) => state === 'completed');
  const done = Map.groupBy(ended, ({ stage, worker }) => `${stage} ${worker ?? ''}`);
  const happenings = [
    { key: 'uploaded', at: video.createdAt, words: `The upload of ${video.fileName} began.` },
    ...(job === null ? [] : [{ key: 'job', at: job.createdAt, words: `Work began, with the preset ${job.preset}.` }]),
    ...[...done].flatMap(([key, group]) => doneOf(key, group, tasks)),
    ...tasks.flatMap(failureOf),
    ...(video.readyAt === null ? [] : [{ key: 'ready', at: video.readyAt, words: 'The video was ready.' }]),
    ...deeds.map(({ id, at, sentence }) => ({ key: id, at, words: sentence })),
    // What nobody is known to have done is told all the same.
    ...(job?.state === 'canceled' && job.endedAt !== null && !deeds.some(({ action }) => action === 'job.cancel')
      ? [{ key: 'canceled', at: job.endedAt, words: 'The work was canceled.' }]
      : []),
  ];
  // Of two in the same moment the later in the journey is the newer.
  return happenings.toReversed().toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function doneOf(key: string, group: readonly TaskView[], all: readonly TaskView[]): Happening[] {
  const [first] = group;
  const ends = group.flatMap(({ endedAt }) => endedAt ?? []).toSorted();
  const starts = group.flatMap(({ startedAt }) => startedAt ?? []).toSorted();
  const at = ends.at(-1);
  if (first === undefined || at === undefined) return [];
  const total = all.filter(({ stage }) => stage === first.stage).length;
  const share = total > 1 ? `, ${group.length} of ${total} parts` : '';
  const seconds = (Date.parse(at) - Date.parse(starts[0] ?? at)) / 1000;
  const took = seconds < 1 ? 'in under 1 s' : `in ${formatSpan(seconds)}`;
  const takenOver = group.filter(({ infraAttempts }) => infraAttempts > 0).length;
  const after = takenOver === 0 ? '' : `, after ${takenOver === 1 ? 'another worker was' : 'other workers were'} lost`;
  return [{ key, at, words: `${first.worker ?? 'A worker'} ${DID[first.stage]}${share} ${took}${after}.` }];
}

function failureOf({ id, stage, index, worker, state, failure, endedAt }: TaskView): Happening[] {
  if (state !== 'failed' || endedAt === null) return [];
  const part = index > 0 ? `, part ${index + 1}` : '';
  const words =
    `${worker ?? 'A worker'} failed to ${TRIED[stage]}${part}. ${failure?.detail ?? failure?.sentence ?? ''}`.trim();
  return [{ key: id, at: endedAt, words, bad: true }];
}
