const FRAME_MS = 100;

/** Tells how a slow step goes: on a terminal a line that counts seconds, elsewhere one line at the start and one at the end. */
export async function withProgress<T>(title: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const elapsed = (): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  const terminal = process.stderr.isTTY;
  if (!terminal) process.stderr.write(`${title} …\n`);
  const timer = terminal
    ? setInterval(() => process.stderr.write(`\r\u001B[2K${title} … ${elapsed()}`), FRAME_MS)
    : undefined;
  const end = (word: string): void => {
    clearInterval(timer);
    process.stderr.write(`${terminal ? '\r\u001B[2K' : ''}${title}: ${word} in ${elapsed()}\n`);
  };
  try {
    const result = await work();
    end('done');
    return result;
  } catch (error) {
    end('failed');
    throw error;
  }
}

export function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
