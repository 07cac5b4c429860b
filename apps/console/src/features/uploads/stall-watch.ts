import type { UploadEntry } from './upload-entry.ts';

/** A transfer that moves nothing for this long is begun anew: a pulled cable tells the browser nothing for minutes. */
const STALLED_AFTER_MS = 20_000;
const CHECK_MS = 5_000;

/** Looks at what is uploading, as long as anything is, and tells what has stalled. */
export class StallWatch {
  readonly #entries: () => Iterable<UploadEntry>;
  readonly #onStalled: (entry: UploadEntry) => void;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(entries: () => Iterable<UploadEntry>, onStalled: (entry: UploadEntry) => void) {
    this.#entries = entries;
    this.#onStalled = onStalled;
  }

  begin(): void {
    this.#timer ??= setInterval(() => this.#look(), CHECK_MS);
  }

  #look(): void {
    const uploading = [...this.#entries()].filter(({ item }) => item.state === 'uploading');
    if (uploading.length === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    for (const entry of uploading) {
      // Once all bytes are out the server may need its time to answer.
      const isSending = entry.item.offset < entry.item.size;
      if (isSending && performance.now() - entry.movedAt > STALLED_AFTER_MS) this.#onStalled(entry);
    }
  }
}
