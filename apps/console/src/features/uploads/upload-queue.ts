import type { VideoState } from '@transcode/contracts';
import { differenceFrom } from './difference-from.ts';
import { fingerprint, fullFingerprint, readFingerprint } from './fingerprint.ts';
import { loadClient } from './load-client.ts';
import { fingerprintIn, isSameFile, terminateUpload, type RememberedUpload } from './remembered-uploads.ts';
import { StallWatch } from './stall-watch.ts';
import { FILE_GONE, LINE_DOWN, type TransferFailure } from './transfer-events.ts';
import { isHalted, isOver, newEntry, type UploadEntry } from './upload-entry.ts';
import type { UploadItem } from './upload-item.ts';
import { rememberTarget, rememberedTarget, type UploadTarget } from './upload-target.ts';

const MOST_AT_ONCE = 2;
const EMIT_EVERY_MS = 250;
const RETRY_DELAYS_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

/** All uploads of this page. It outlives the pages of the console, and React only looks at it. */
export class UploadQueue {
  #entries = new Map<string, UploadEntry>();
  #items: readonly UploadItem[] = [];
  #listeners = new Set<() => void>();
  #emitTimer: ReturnType<typeof setTimeout> | undefined;
  #next = 0;
  readonly #stalls = new StallWatch(
    () => this.#entries.values(),
    (entry) => this.#interrupt(entry),
  );
  #target: UploadTarget | undefined = rememberedTarget();

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  items = (): readonly UploadItem[] => this.#items;

  /** How files that come in from now on are encoded; nothing: as the server does unless told otherwise. */
  target = (): UploadTarget | undefined => this.#target;

  chooseTarget(target: UploadTarget | undefined): void {
    this.#target = target;
    rememberTarget(target);
    this.#emit();
  }

  /** Takes files in; one that was begun before, or was halted, goes on; one that is under way is not taken twice. */
  add(files: readonly File[]): void {
    for (const file of files) {
      const print = fingerprint(file);
      const entries = [...this.#entries.values()];
      const here = entries.find((entry) => entry.file && !isOver(entry) && fingerprint(entry.file) === print);
      if (here) {
        if (isHalted(here)) this.#goOnWith(here, file);
        continue;
      }
      const begun = entries.find((entry) => !entry.file && entry.remembered && isSameFile(entry.remembered, print));
      const entry = begun ?? this.#insert({ name: file.name, size: file.size, offset: 0, state: 'waiting' });
      entry.target = this.#target;
      this.#goOnWith(entry, file);
    }
    this.#fill();
  }

  /** Goes on with the file that somebody chose for an upload; with another one it stays, and says why. */
  async chooseAgain(id: string, file: File): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry?.item.state !== 'needs-file') return;
    const begun = entry.fingerprint ?? (entry.file && fingerprint(entry.file));
    const known = begun === undefined ? undefined : readFingerprint(begun);
    const difference = known && (await differenceFrom(known, file));
    if (difference === undefined) this.#goOnWith(entry, file);
    else this.#set(entry, { failure: `${difference} Choose ${entry.item.name}, or upload this one by itself.` });
  }

  /** Tells where the video of an upload stands by now. */
  became(videoId: string, state: VideoState, failure?: string): void {
    for (const entry of this.#entries.values()) {
      if (entry.item.videoId === videoId && entry.item.state === 'done') this.#set(entry, { became: state, failure });
    }
  }

  /** Lists an upload that was begun before this page was loaded. */
  addRemembered(remembered: RememberedUpload, offset: number, videoId: string): void {
    const entries = [...this.#entries.values()];
    const isHere = entries.some(
      ({ file, remembered: other }) =>
        other?.key === remembered.key || (file && isSameFile(remembered, fingerprint(file))),
    );
    if (isHere) return;
    const { name, size } = remembered;
    const entry = this.#insert({ name, size, offset, state: 'needs-file', videoId });
    entry.remembered = remembered;
    entry.fingerprint = fingerprintIn(remembered.key);
    this.#emit();
  }

  async pause(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#halt(entry, 'paused');
    await entry.transfer?.pause();
    this.#fill();
  }

  /** Goes on with what is paused, offline or failed. */
  resume(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry?.file) return;
    clearTimeout(entry.retry);
    entry.failures = 0;
    this.#set(entry, { state: 'waiting', failure: undefined });
    this.#fill();
  }

  /** The line is back: whatever waited for it goes on. */
  online(): void {
    for (const [id, entry] of this.#entries) if (entry.item.state === 'offline') this.resume(id);
  }

  /** The line is gone: what is under way is halted, as the requests themselves may notice much later. */
  offline(): void {
    for (const entry of this.#entries.values()) this.#interrupt(entry);
  }

  /** Out of sight and at rest, until `settleCancel` or `undoCancel`. */
  async cancel(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (!entry) return;
    entry.hidden = true;
    await this.pause(id);
  }

  undoCancel(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    entry.hidden = false;
    if (entry.file) this.resume(id);
    else this.#set(entry, { state: 'needs-file' });
  }

  async settleCancel(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    this.dismiss(id);
    try {
      if (entry?.transfer) await entry.transfer.cancel();
      else if (entry?.remembered) await terminateUpload(entry.remembered);
    } catch {
      // Not told to the server: this browser still knows of it and offers it again, and untouched it expires.
    }
  }

  /** Takes a finished or failed upload off the list. */
  dismiss(...ids: readonly string[]): void {
    for (const id of ids) this.#entries.delete(id);
    this.#emit();
  }

  #goOnWith(entry: UploadEntry, file: File): void {
    // What sent it before holds the file as it was then.
    if (entry.file !== file) delete entry.transfer;
    entry.file = file;
    this.resume(entry.item.id);
  }

  #insert(from: Pick<UploadItem, 'name' | 'size' | 'offset' | 'state'> & Partial<UploadItem>): UploadEntry {
    const id = String((this.#next += 1));
    const entry = newEntry({
      ...{ rate: undefined, videoId: undefined, failure: undefined, became: undefined, standsSince: undefined },
      ...from,
      id,
    });
    this.#entries.set(id, entry);
    return entry;
  }

  #fill(): void {
    const running = [...this.#entries.values()].filter((entry) => entry.item.state === 'uploading').length;
    const waiting = [...this.#entries.values()].filter((entry) => entry.item.state === 'waiting' && !entry.hidden);
    for (const entry of waiting.slice(0, Math.max(0, MOST_AT_ONCE - running))) void this.#start(entry);
    this.#emit();
  }

  async #start(entry: UploadEntry): Promise<void> {
    const { file } = entry;
    if (!file) return;
    this.#set(entry, { state: 'uploading', rate: undefined });
    entry.movedAt = performance.now();
    this.#stalls.begin();
    const turn = (entry.starts += 1);
    const [createTransfer, print] = await Promise.all([loadClient(), entry.fingerprint ?? readable(file)]);
    if (turn !== entry.starts) return;
    if (createTransfer === undefined || print === undefined) {
      this.#failed(entry, print === undefined ? FILE_GONE : LINE_DOWN);
      return;
    }
    entry.fingerprint = print;
    entry.transfer ??= createTransfer(
      { file, fingerprint: print, target: entry.target },
      {
        onVideoId: (videoId) => this.#set(entry, { videoId }),
        onOffset: (offset) => this.#moved(entry, offset),
        onDone: () => {
          this.#set(entry, { state: 'done', offset: file.size, rate: undefined, standsSince: undefined });
          this.#fill();
        },
        onFailure: (failure) => this.#failed(entry, failure),
      },
    );
    await entry.transfer.start();
    // Paused while the browser was still looking for what was begun before.
    if (entry.item.state !== 'uploading') await entry.transfer.pause();
  }

  #moved(entry: UploadEntry, offset: number): void {
    const now = performance.now();
    if (entry.item.state !== 'uploading') return;
    entry.failures = 0;
    entry.movedAt = now;
    entry.meter.add(now, offset);
    entry.item = { ...entry.item, offset, rate: entry.meter.rate(now), standsSince: undefined };
    this.#emitTimer ??= setTimeout(() => this.#emit(), EMIT_EVERY_MS);
  }

  #failed(entry: UploadEntry, failure: TransferFailure): void {
    if (entry.item.state !== 'uploading') return;
    const state = failure.passing ? 'offline' : failure.needsFile === true ? 'needs-file' : 'failed';
    this.#halt(entry, state, failure.sentence);
    if (failure.passing) {
      // Offline, the browser tells when to go on; should it be wrong, the longest delay ends, too.
      const tries = navigator.onLine ? entry.failures : Infinity;
      const delay = RETRY_DELAYS_MS[Math.min(tries, RETRY_DELAYS_MS.length - 1)] ?? 0;
      entry.failures += 1;
      entry.retry = setTimeout(() => {
        this.#set(entry, { state: 'waiting' });
        this.#fill();
      }, delay);
    }
    this.#fill();
  }

  #interrupt(entry: UploadEntry): void {
    if (entry.item.state !== 'uploading') return;
    void entry.transfer?.pause();
    this.#failed(entry, LINE_DOWN);
  }

  #halt(entry: UploadEntry, state: UploadItem['state'], failure?: string): void {
    clearTimeout(entry.retry);
    entry.meter.reset();
    const standsSince = state === 'offline' ? (entry.item.standsSince ?? Date.now()) : undefined;
    this.#set(entry, { state, rate: undefined, failure, standsSince });
  }

  #set(entry: UploadEntry, change: Partial<UploadItem>): void {
    entry.item = { ...entry.item, ...change };
    this.#emit();
  }

  #emit(): void {
    clearTimeout(this.#emitTimer);
    this.#emitTimer = undefined;
    this.#items = [...this.#entries.values()].filter((entry) => !entry.hidden).map((entry) => entry.item);
    for (const listener of this.#listeners) listener();
  }
}

/** Undefined: the file cannot be read any more. */
async function readable(file: File): Promise<string | undefined> {
  try {
    return await fullFingerprint(file);
  } catch {
    return undefined;
  }
}
