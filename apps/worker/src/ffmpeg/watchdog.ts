import { FFMPEG_FUTILE_CPU_SECONDS, FFMPEG_STALL_MS, TranscodeError } from '@transcode/contracts';
import { processTree } from '../condition/process-tree.ts';
import { Standstill } from './standstill.ts';

interface Watched {
  readonly program: 'ffmpeg' | 'ffprobe';
  readonly pid: number | undefined;
  /** FFMPEG_STALL_MS unless told. */
  readonly milliseconds?: number | undefined;
  /** FFMPEG_FUTILE_CPU_SECONDS unless told. */
  readonly futileCpuSeconds?: number | undefined;
  /** It may compute for so long, in seconds of all cores together, whatever comes of it; without end unless told. */
  readonly mostCpuSeconds?: number | undefined;
  /** Something that changes whenever it gets on. */
  readonly signs: () => string;
  /** It has asked for bytes of its source that have not come: whoever fetches them has a patience of its own. */
  readonly waits: () => boolean;
  readonly stop: AbortController;
}

/** Stops a program that gets no further in its source, as `Standstill` judges, or computes for longer than it may. What gets on slowly has its limit in `limitsFor`. */
export class Watchdog {
  readonly #watched: Watched;
  readonly #standstill: Standstill;
  readonly #timer: NodeJS.Timeout;
  #isLooking = false;
  #isAtRest = false;
  #lookedAt = performance.now();

  constructor(watched: Watched) {
    this.#watched = watched;
    const { milliseconds: mostMs = FFMPEG_STALL_MS, futileCpuSeconds = FFMPEG_FUTILE_CPU_SECONDS } = watched;
    this.#standstill = new Standstill({ mostMs, futileCpuSeconds });
    this.#timer = setInterval(() => void this.#look(), this.#standstill.lookMs);
  }

  rest(): void {
    this.#isAtRest = true;
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const { pid, stop } = this.#watched;
    if (this.#isLooking || pid === undefined) return;
    this.#isLooking = true;
    try {
      const { cpuSeconds } = await processTree(pid);
      if (!this.#isAtRest) this.#judge(cpuSeconds);
    } catch (error) {
      stop.abort(error);
    } finally {
      this.#isLooking = false;
    }
  }

  #judge(cpuSeconds: number): void {
    const { program, stop, signs, waits, mostCpuSeconds = Infinity } = this.#watched;
    const now = performance.now();
    const passedMs = now - this.#lookedAt;
    this.#lookedAt = now;
    if (cpuSeconds > mostCpuSeconds) {
      stop.abort(new TranscodeError('ffmpeg_out_of_time', { program, seconds: Math.round(cpuSeconds) }));
      return;
    }
    const stillMs = this.#standstill.after({ passedMs, cpuSeconds, signs: signs(), waits: waits() });
    if (stillMs === undefined) return;
    stop.abort(new TranscodeError('encode_stalled', { program, seconds: Math.round(stillMs / 1000) }));
  }
}
