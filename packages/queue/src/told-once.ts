const QUIET_MS = 10_000;

/** While Redis is away each attempt to reconnect fails alike; the same message is passed on once in ten seconds. */
export function toldOnce(onError: (error: Error) => void): (error: Error) => void {
  const told = new Map<string, number>();
  return (error) => {
    const now = Date.now();
    if (now - (told.get(error.message) ?? -QUIET_MS) < QUIET_MS) return;
    if (told.size > 100) told.clear();
    told.set(error.message, now);
    onError(error);
  };
}
