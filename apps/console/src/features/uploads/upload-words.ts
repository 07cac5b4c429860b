import { formatByteRate, formatBytes, formatTimeLeft } from '@transcode/ui';
import { LINE_DOWN } from './transfer-events.ts';
import { secondsLeft, type UploadItem, type UploadItemState } from './upload-item.ts';

const WORDS: Record<UploadItemState, (item: UploadItem, sent: string) => string> = {
  waiting: (item, sent) => `Next in line · ${item.offset > 0 ? sent : formatBytes(item.size)}`,
  uploading: (item, sent) => [sent, ...figures(item)].join(' · '),
  paused: (_, sent) => `Paused · ${sent}`,
  offline: (item, sent) => `${item.failure ?? LINE_DOWN.sentence} · ${sent}`,
  failed: (item) => item.failure ?? 'It failed.',
  'needs-file': (item, sent) => item.failure ?? `Choose this file again to go on · ${sent} are safe`,
  done: doneWords,
};

/** Where an upload stands, in words. */
export function uploadWords(item: UploadItem): string {
  return WORDS[item.state](item, `${formatBytes(item.offset)} of ${formatBytes(item.size)}`);
}

function doneWords({ size, became, failure }: UploadItem): string {
  if (became === 'failed') return `No video came of it. ${failure ?? ''}`.trimEnd();
  if (became === 'canceled') return 'Uploaded · its work was canceled';
  return `${became === 'ready' ? 'Uploaded and ready' : 'Uploaded'} · ${formatBytes(size)}`;
}

/** The tray's heading over all uploads: what goes on, else what stands still, and how many are through. */
export function traySummary(items: readonly UploadItem[]): string {
  const active = items.filter((item) => item.state === 'uploading' || item.state === 'waiting');
  if (active.length > 0) {
    const rate = active.reduce((sum, item) => sum + (item.rate ?? 0), 0);
    const size = active.reduce((sum, item) => sum + item.size, 0);
    const offset = active.reduce((sum, item) => sum + item.offset, 0);
    const title = active.length === 1 ? 'Uploading' : `Uploading ${active.length} files`;
    return [title, ...figures({ size, offset, rate: rate || undefined })].join(' · ');
  }
  const count = (state: UploadItemState) => items.filter((item) => item.state === state).length;
  const failed = items.filter(({ state, became }) => state === 'done' && became === 'failed').length;
  const through = count('done') - failed;
  const standing = [
    ...(count('offline') > 0 ? ['Waiting for the line'] : []),
    ...(count('paused') > 0 ? [`${files(count('paused'))} paused`] : []),
    ...(count('needs-file') > 0 ? [`${files(count('needs-file'))} to choose again`] : []),
    ...(count('failed') > 0 ? [`${files(count('failed'))} not uploaded`] : []),
    ...(failed > 0 ? [`${files(failed)} without a video`] : []),
  ];
  if (standing.length === 0) return `${files(through)} uploaded`;
  return [...standing.slice(0, 1), ...(through > 0 ? [`${through} uploaded`] : [])].join(' · ');
}

function figures(item: Pick<UploadItem, 'size' | 'offset' | 'rate'>): string[] {
  const left = secondsLeft(item);
  return item.rate === undefined || left === undefined ? [] : [formatByteRate(item.rate), formatTimeLeft(left)];
}

function files(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}
