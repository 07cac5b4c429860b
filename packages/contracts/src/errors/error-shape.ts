/**
 * Whose fault a failure is: `input` the caller's or the source's, `infra` something around the work on this worker, `outage`
 * something around it that strikes every worker alike, `work` ours.
 */
export type Blame = 'input' | 'infra' | 'outage' | 'work';

export interface ErrorShape {
  /** HTTP status of the problem response. */
  readonly status: number;
  /** Trying the same again later can succeed. */
  readonly retryable: boolean;
  readonly blame: Blame;
  /** What happened and what to do, for a person. `{name}` is filled from the error's details. */
  readonly sentence: string;
  /** The same for whoever sees nothing of the machines, where the sentence speaks of them, or repeats what a program said. */
  readonly plainly?: string;
}

export const input = (status: number, sentence: string): ErrorShape => ({
  status,
  retryable: false,
  blame: 'input',
  sentence,
});
export const infra = (status: number, sentence: string, plainly?: string): ErrorShape => ({
  ...{ status, retryable: true, blame: 'infra', sentence },
  ...(plainly === undefined ? {} : { plainly }),
});
/** A task is tried until it is over, however long that takes. */
export const outage = (status: number, sentence: string, plainly: string): ErrorShape => ({
  ...infra(status, sentence, plainly),
  blame: 'outage',
});
export const work = (sentence: string, plainly: string): ErrorShape => ({
  ...{ status: 500, retryable: false, blame: 'work', sentence, plainly },
});
