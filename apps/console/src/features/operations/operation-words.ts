import {
  OPERATION_NOUNS,
  OPERATION_STEPS,
  type MaintenanceItem,
  type MaintenanceKind,
  type OperationView,
} from '@transcode/contracts';
import type { StripCell } from '@transcode/ui';

export const isOpen = ({ state }: Pick<OperationView, 'state'>): boolean => state === 'queued' || state === 'running';

/** `restore of Harbour`: as it stands behind `a` or `the`. */
export function nounOf({ kind, about }: Pick<OperationView, 'kind' | 'about'>): string {
  return about === null ? OPERATION_NOUNS[kind] : `${OPERATION_NOUNS[kind]} of ${about.video}`;
}

/** How it goes, or went. */
export function operationWords(operation: OperationView): string {
  const { kind, state, askedBy, canceledBy, sentence } = operation;
  const noun = nounOf(operation);
  const who = askedBy === null ? 'by schedule' : `for ${askedBy}`;
  if (state === 'queued') return `A ${noun} ${who} waits to begin.`;
  if (state === 'running') {
    if (canceledBy !== null) return `${canceledBy} stops the ${noun} …`;
    return `A ${noun} ${who} is under way. ${stepWords(operation)} …`;
  }
  if (state === 'canceled') return `The ${noun} ${who} was stopped${canceledBy === null ? '' : ` by ${canceledBy}`}.`;
  if (state === 'failed') return `The ${noun} ${who} failed: ${sentence ?? 'nobody knows why.'}`;
  if (sentence === null) return `The ${noun} ${who} went well.`;
  return `The ${noun} ${who} was ${kind === 'backup' ? 'made' : 'done'}. ${sentence}`;
}

/** Where it is. */
export function stepWords({ kind, step, doing }: Pick<OperationView, 'kind' | 'step' | 'doing'>): string {
  return step === 0 ? 'It begins' : `Step ${step} of ${OPERATION_STEPS[kind]}: ${doing ?? ''}`;
}

/** How far it is, from 0 to 1: a step counts once it is over. */
export function fractionOf({ kind, step }: Pick<OperationView, 'kind' | 'step'>): number {
  return Math.max(0, step - 1) / OPERATION_STEPS[kind];
}

/** As a choice among kinds says it. */
export const KIND_WORDS: Readonly<Record<MaintenanceKind, string>> = {
  ...{ backup: 'Backup', drill: 'Drill', restorePlan: 'Dry run of a restore', restore: 'Restore', erase: 'Erasure' },
};

const ERASED = { video: 'a video', user: 'a user', workspace: 'a workspace' } as const;

/** What a row and a page are called. */
export function titleOf({
  kind,
  about,
  erased,
}: Pick<MaintenanceItem, 'kind' | 'about'> & { erased?: MaintenanceItem['erased'] }): string {
  if (erased) return `${KIND_WORDS[kind]} of ${ERASED[erased.kind]}`;
  return about === null ? KIND_WORDS[kind] : `${KIND_WORDS[kind]} of ${about.video}`;
}

/** Where all about it stands: of what was erased that is its receipt. */
export const pathOf = ({ id, kind }: Pick<MaintenanceItem, 'id' | 'kind'>): string =>
  kind === 'erase' ? '/settings/erasures' : `/jobs/maintenance/${id}`;

/** Its steps as a strip. What ends early has done all that it had to do. */
export function operationCells({ kind, state, step }: Pick<MaintenanceItem, 'kind' | 'state' | 'step'>): StripCell[] {
  const steps = kind === 'erase' ? 1 : OPERATION_STEPS[kind];
  const now = kind === 'erase' ? 1 : step;
  return Array.from({ length: steps }, (_, at) => ({
    ...{ fraction: 0, takenOver: false, seconds: 1 },
    state: cellAt(state, at + 1, now),
  }));
}

function cellAt(state: OperationView['state'], place: number, now: number): StripCell['state'] {
  if (state === 'completed' || place < now) return 'done';
  if (place > Math.max(now, 1) || state === 'queued') return state === 'canceled' ? 'canceled' : 'waiting';
  return state;
}

/** How long it took, or has been at it by now; undefined before it begins. */
export function secondsOf(
  { startedAt, endedAt }: Pick<OperationView, 'startedAt' | 'endedAt'>,
  now: number,
): number | undefined {
  if (startedAt === null) return undefined;
  return Math.max(0, ((endedAt === null ? now : Date.parse(endedAt)) - Date.parse(startedAt)) / 1_000);
}
