/** So many times as long as it took it is not done again: a twentieth of one of the database's cores. */
const REST_TIMES = 20;
/** No longer, in milliseconds: what is told of work has to be of this minute. */
const MOST_MS = 30_000;

/** The same measurement, which rests after it was made for as long as makes it cheap; what it said holds until then. Who comes meanwhile shares it. */
export function rested(measure: () => Promise<void>): () => Promise<void> {
  let restsUntil = 0;
  let running: Promise<void> | undefined;
  const make = async (): Promise<void> => {
    const began = performance.now();
    try {
      await measure();
      const now = performance.now();
      restsUntil = now + Math.min((now - began) * REST_TIMES, MOST_MS);
    } finally {
      running = undefined;
    }
  };
  return async () => {
    if (running === undefined && performance.now() < restsUntil) return;
    await (running ??= make());
  };
}
