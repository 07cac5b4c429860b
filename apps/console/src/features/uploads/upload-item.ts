/**
 * `waiting` for others to finish, `uploading`, `paused` by hand, `offline` until the line is back, `failed` for good,
 * `needs-file`: begun before this page was loaded and goes on once the file is chosen again, `done`.
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
}

export function secondsLeft(item: Pick<UploadItem, 'size' | 'offset' | 'rate'>): number | undefined {
  return item.rate === undefined || item.rate < 1 ? undefined : (item.size - item.offset) / item.rate;
}
