// Without zod, for pages that only name them.

export const JOB_STATES = ['queued', 'running', 'completed', 'failed', 'canceled'] as const;

/** In the order of their weight. */
export const PRIORITIES = ['low', 'normal', 'high'] as const;
