/** Work that is no video's. */
export const OPERATION_KINDS = ['backup', 'drill'] as const;

/** How many steps each has; a drill of an installation without a finished video ends one before. */
export const OPERATION_STEPS = { backup: 3, drill: 3 } as const satisfies Record<
  (typeof OPERATION_KINDS)[number],
  number
>;

/** Who runs them tells every few seconds that it is there; one that was not heard for so long is gone. */
export const BACKUP_RUNNER_SILENT_MS = 15_000;
