/** Work that is no video's. */
export const OPERATION_KINDS = ['backup', 'drill', 'restorePlan', 'restore'] as const;

/** Those that come by schedule, too: whoever asks for one says no more than its name. */
export const SCHEDULED_OPERATION_KINDS = ['backup', 'drill'] as const;

/** Work that is no video's, in a list of all of it. */
export const MAINTENANCE_KINDS = [...OPERATION_KINDS, 'erase'] as const;

export const OPERATION_STATES = ['queued', 'running', 'completed', 'failed', 'canceled'] as const;

type Kind = (typeof OPERATION_KINDS)[number];

/** How many steps each has; a drill without a finished video, and a restore of which no object has to be fetched, end one before. */
export const OPERATION_STEPS = { backup: 3, drill: 3, restorePlan: 2, restore: 5 } as const satisfies Record<
  Kind,
  number
>;

/** As each stands in a sentence, behind `a` or `the`. */
export const OPERATION_NOUNS = {
  backup: 'backup',
  drill: 'drill',
  restorePlan: 'dry run of a restore',
  restore: 'restore',
} as const satisfies Record<Kind, string>;

/** Who runs them tells every few seconds that it is there; one that was not heard for so long is gone. */
export const BACKUP_RUNNER_SILENT_MS = 15_000;
