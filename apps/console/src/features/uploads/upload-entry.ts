import { RateMeter } from './rate-meter.ts';
import type { RememberedUpload } from './remembered-uploads.ts';
import type { Transfer } from './transfer-events.ts';
import type { UploadItem } from './upload-item.ts';
import type { UploadTarget } from './upload-target.ts';

/** What is shown of an upload, and what it takes to go on with it. */
export interface UploadEntry {
  item: UploadItem;
  readonly meter: RateMeter;
  /** Missing while the file has to be chosen again. */
  file?: File;
  transfer?: Transfer;
  remembered?: RememberedUpload;
  /** Of the file that it was begun with, once it was read. */
  fingerprint?: string;
  target?: UploadTarget | undefined;
  failures: number;
  /** How often it was started: who waited for something meanwhile sees whether it is still its turn. */
  starts: number;
  movedAt: number;
  retry?: ReturnType<typeof setTimeout>;
  /** Canceled, but can still be taken back. */
  hidden: boolean;
}

export function newEntry(item: UploadItem): UploadEntry {
  return { item, meter: new RateMeter(), failures: 0, starts: 0, movedAt: 0, hidden: false };
}

const HALTED_STATES: ReadonlySet<UploadItem['state']> = new Set(['paused', 'offline', 'failed', 'needs-file'] as const);

/** Stands still, and goes on when somebody asks for it. */
export function isHalted({ item }: UploadEntry): boolean {
  return HALTED_STATES.has(item.state);
}

export function isOver({ item, hidden }: UploadEntry): boolean {
  return item.state === 'done' || hidden;
}
