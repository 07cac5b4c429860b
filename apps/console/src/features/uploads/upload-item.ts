import type { VideoState } from '@transcode/contracts';

/**
 * `waiting` for others to finish, `uploading`, `paused` by hand, `offline` until the line is back, `failed` for good,
 * `needs-file`: goes on once the file is chosen again, as this page has it no more, `done`.
 */
export type UploadItemState = 'waiting' | 'uploading' | 'paused' | 'offline' | 'failed' | 'needs-file' | 'done';

/** One upload as the page shows it. */
export interface UploadItem {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly offset: number;
  readonly state: UploadItemState;
  /** Bytes per second, while known. */
  readonly rate: number | undefined;
  readonly videoId: string | undefined;
  /** What went wrong, in words. */
  readonly failure: string | undefined;
  /** Since when nothing came of it though it should, in ms. */
  readonly standsSince: number | undefined;
  /** Where its video stands since all bytes are there. */
  readonly became: VideoState | undefined;
}

/** Nobody but a person helps it on. */
export function needsPerson({ state, became }: Pick<UploadItem, 'state' | 'became'>): boolean {
  return state === 'failed' || state === 'needs-file' || (state === 'done' && became === 'failed');
}

export function secondsLeft(item: Pick<UploadItem, 'size' | 'offset' | 'rate'>): number | undefined {
  return item.rate === undefined || item.rate < 1 ? undefined : (item.size - item.offset) / item.rate;
}
