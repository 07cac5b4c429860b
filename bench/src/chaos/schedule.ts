import { LEASE_MS } from '@transcode/contracts';
import { seededRandom } from '@transcode/testing/random';

/** What can be done to an installation. Each is a file in faults/. */
export const FAULT_KINDS = [
  'kill-worker',
  'kill-ffmpeg',
  'kill-api',
  'term-worker',
  'stop-worker',
  'stop-api',
  'flush-redis',
  'restart-redis',
  'restart-postgres',
  'stop-s3',
  'fill-scratch',
  'cut-uploads',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface PlannedFault {
  readonly kind: FaultKind;
  /** Whom it strikes: a place among those that there are, 0 to 1. */
  readonly whom: number;
  /** How long what was stopped stays away. */
  readonly awayMs: number;
  /** How long everything runs undisturbed before. */
  readonly quietMs: number;
}

/** A process that is stopped past its lease: others have its task by then, or must. */
const PAST_LEASE_MS = [LEASE_MS + 2_000, LEASE_MS + 6_000] as const;
const AWAY_MS: Readonly<Partial<Record<FaultKind, readonly [number, number]>>> = {
  'kill-worker': [500, 3_000],
  'kill-api': [500, 3_000],
  'stop-worker': PAST_LEASE_MS,
  'stop-api': PAST_LEASE_MS,
  'restart-redis': [500, 3_000],
  'restart-postgres': [0, 2_000],
  'stop-s3': [5_000, 40_000],
  'fill-scratch': [4_000, 12_000],
};
const QUIET_MS = [1_000, 4_000] as const;

/**
 * Faults without end, the same for the same seed. Every kind comes once before any comes again, so that a short run sees as many
 * kinds as it has time for.
 */
export function* schedule(
  seed: number,
  kinds: readonly FaultKind[] = FAULT_KINDS,
  longestAwayMs = Infinity,
): Generator<PlannedFault, never> {
  const random = seededRandom(seed);
  for (;;) {
    for (const kind of random.shuffled(kinds)) {
      const [least, most] = AWAY_MS[kind] ?? [0, 0];
      yield {
        kind,
        whom: random.next(),
        awayMs: Math.round(random.between(least, Math.max(least, Math.min(most, longestAwayMs)))),
        quietMs: Math.round(random.between(...QUIET_MS)),
      };
    }
  }
}
