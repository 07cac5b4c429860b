const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Aborts at the first request to end, and calls `again` at each further one. */
export function stopSignals(again: () => void): { signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  const heard = (): void => {
    if (controller.signal.aborted) again();
    else controller.abort();
  };
  for (const name of SIGNALS) process.on(name, heard);
  return {
    signal: controller.signal,
    dispose: () => {
      for (const name of SIGNALS) process.off(name, heard);
    },
  };
}

export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
