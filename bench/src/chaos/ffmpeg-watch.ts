import { descendantsOf } from '../process-table.ts';

export interface FfmpegStart {
  readonly worker: string;
  readonly pid: number;
  readonly startedAt: number;
}

interface Watched {
  readonly name: string;
  readonly pid: number;
}

const LOOK_MS = 50;

/** Sees every ffmpeg that runs below a worker for longer than a blink. */
export class FfmpegWatch {
  readonly starts: FfmpegStart[] = [];
  readonly #seen = new Set<string>();
  readonly #workers: readonly Watched[];
  readonly #timer: NodeJS.Timeout;

  constructor(workers: readonly Watched[]) {
    this.#workers = workers;
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  running(worker: Watched): FfmpegStart[] {
    if (worker.pid === 0) return [];
    return descendantsOf(worker.pid)
      .filter(({ name }) => name === 'ffmpeg')
      .map(({ pid, startedAt }) => ({ worker: worker.name, pid, startedAt }));
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    for (const worker of this.#workers) {
      for (const start of this.running(worker)) {
        const key = `${start.pid} ${start.startedAt}`;
        if (this.#seen.has(key)) continue;
        this.#seen.add(key);
        this.starts.push(start);
      }
    }
  }
}
