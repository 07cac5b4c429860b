import { measure } from '@transcode/telemetry';
import type * as z from 'zod';
import { keepAnswer } from '../rest/kept-answers.ts';

interface Kept<T> {
  readonly version: string;
  readonly view: T;
  readonly bytes: number;
}

/** What one process keeps of a kind, in characters of JSON. */
const MOST_BYTES = 16 * 1024 ** 2;

/**
 * Views of what rests, such as a video that is ready: such a one is not read, judged and written again as long as the rows are there that it
 * was made of. What nobody asked for the longest goes first.
 */
export class KeptViews<T extends object> {
  readonly #kept = new Map<string, Kept<T>>();
  readonly #schema: z.ZodType<T>;
  readonly #most: number;
  #bytes = 0;

  constructor(schema: z.ZodType<T>, most = MOST_BYTES) {
    this.#schema = schema;
    this.#most = most;
  }

  get(key: string, version: string): T | undefined {
    const kept = this.#kept.get(key);
    const isKnown = kept?.version === version;
    measure.count('cacheRequestsTotal', { cache: 'views', result: isKnown ? 'hit' : 'miss' });
    if (!isKnown) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept.view;
  }

  /** The version has to be from before the view was read: what changes meanwhile has another one then. */
  set(key: string, version: string, made: T): void {
    const view = this.#schema.parse(made);
    const bytes = keepAnswer(view);
    this.#drop(key);
    this.#kept.set(key, { version, view, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#most) break;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#bytes -= this.#kept.get(key)?.bytes ?? 0;
    this.#kept.delete(key);
  }
}
