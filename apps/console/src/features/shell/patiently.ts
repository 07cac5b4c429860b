const AGAIN_MS = 3_000;
/** Ten minutes: what has not come by then was taken away by a newer console, and the page has to be loaded anew. */
const MOST_TRIES = 200;

/**
 * A part of the console that is loaded once it is needed, or a rejection where it cannot be had at all. Where there is no line by
 * which it could come it is asked for again, until it is there or nobody waits for it.
 */
export async function patiently<Part>(load: () => Promise<Part>, isWaitedFor = (): boolean => true): Promise<Part> {
  for (let tries = 1; ; tries++) {
    try {
      return await load();
    } catch (error) {
      if (tries >= MOST_TRIES || !isWaitedFor()) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}
