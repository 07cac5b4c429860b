import type { FailureView } from '@transcode/contracts';

interface Failed {
  readonly failureCode: string | null;
  readonly failureText: string | null;
  readonly failureTail: string | null;
}

export function failureView(row: Failed): FailureView | null {
  if (row.failureCode === null) return null;
  return { code: row.failureCode, sentence: row.failureText ?? row.failureCode, tail: row.failureTail };
}
