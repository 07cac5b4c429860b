import type { Alive } from '@transcode/contracts';
import type { Database } from '@transcode/db';

/** A page asks every few seconds, and says within five that nothing answers. */
const CHECK_MS = 1_200;
/** What was found to be well is believed for so long, whoever asks. */
const HOLDS_MS = 500;

interface AlivenessOptions {
  readonly db: Database;
  /** Undefined where this process serves no pages. */
  readonly consoleUrl: string | undefined;
}

/** Looks at what pages stand on, however many ask: twice a second where it is well, and once at a time where it is not. */
export class Aliveness {
  readonly #options: AlivenessOptions;
  #asked: Promise<Alive> | undefined;

  constructor(options: AlivenessOptions) {
    this.#options = options;
  }

  ask(): Promise<Alive> {
    this.#asked ??= this.#look();
    return this.#asked;
  }

  async #look(): Promise<Alive> {
    const { db, consoleUrl } = this.#options;
    const [data, pages] = await Promise.all([
      answers(async () => (await db.$queryRaw`SELECT 1`) !== undefined),
      consoleUrl === undefined || answers((signal) => servesPages(consoleUrl, signal)),
    ]);
    const forget = (): void => void (this.#asked = undefined);
    if (data && pages) setTimeout(forget, HOLDS_MS).unref();
    else forget();
    return { data, pages };
  }
}

async function answers(ask: (signal: AbortSignal) => Promise<boolean>): Promise<boolean> {
  const signal = AbortSignal.timeout(CHECK_MS);
  const tooLate = new Promise<boolean>((resolve) => signal.addEventListener('abort', () => resolve(false)));
  try {
    return await Promise.race([ask(signal), tooLate]);
  } catch {
    return false;
  }
}

async function servesPages(consoleUrl: string, signal: AbortSignal): Promise<boolean> {
  const answer = await fetch(`${consoleUrl}/icon.svg`, { method: 'HEAD', redirect: 'manual', signal });
  return answer.status < 500;
}
