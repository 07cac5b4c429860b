const LINE_RETRY_MS = 3_000;
/** What a decoder refuses this often in a row it will refuse for ever. */
const MOST_MEDIA_FAILURES = 3;

const LINE_DOWN = 'The line is down. The video goes on by itself when it is back.';
const NOT_PLAYABLE = 'This browser could not play the video. Another one may, and reloading the page may help.';

/** After what a player cannot get over by itself: a line that broke is tried until it is back, a broken decoder a few times. */
export class Recovery {
  readonly #tell: (sentence: string | undefined) => void;
  #mediaFailures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (sentence: string | undefined) => void) {
    this.#tell = tell;
  }

  failed(kind: 'media' | 'line', again: () => void): void {
    if (kind === 'line') {
      this.#tell(LINE_DOWN);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(again, LINE_RETRY_MS);
      return;
    }
    this.#mediaFailures += 1;
    if (this.#mediaFailures > MOST_MEDIA_FAILURES) this.#tell(NOT_PLAYABLE);
    else again();
  }

  /** Something has come through. */
  moved(): void {
    this.#mediaFailures = 0;
    this.#tell(undefined);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
