import {
  OperationView,
  RestoreFound,
  RestoreInput,
  RestorePlanInput,
  type MaintenanceItem,
} from '@transcode/contracts';
import type { Erasure, Operation } from '@transcode/db';
import type { KnownNames } from './audit-view.ts';

export function operationView(operation: Operation): OperationView {
  const { id, kind, state, askedBy, step, doing, canceledBy, sentence, createdAt, startedAt, endedAt } = operation;
  return {
    ...{ id, kind, state, askedBy, step, doing, canceledBy, sentence, createdAt: createdAt.toISOString() },
    ...{ startedAt: startedAt?.toISOString() ?? null, endedAt: endedAt?.toISOString() ?? null },
    ...{ about: aboutOf(operation), found: foundOf(operation), steps: Steps.parse(operation.steps) },
  };
}

const Steps = OperationView.shape.steps;

function foundOf({ result }: Operation): RestoreFound | null {
  return result === null ? null : RestoreFound.parse(result);
}

/** A video is called as it was found to be called. */
function aboutOf(operation: Operation): OperationView['about'] {
  const { kind, input } = operation;
  if (input === null) return null;
  const found = foundOf(operation);
  if (found?.found === 'plan') return { video: found.title, videoId: found.videoId, backup: found.backup };
  if (kind === 'restore') {
    const { title: video, videoId, backup } = RestoreInput.parse(input);
    return { video, videoId, backup };
  }
  const { video, backup } = RestorePlanInput.parse(input);
  return { video, videoId: null, backup: found?.backup ?? backup };
}

export function maintenanceItem(operation: Operation): MaintenanceItem {
  return { ...operationView(operation), erased: null };
}

/** An erasure goes on until it is through, and nobody stops it. */
export function erasedItem(erasure: Erasure, names: KnownNames): MaintenanceItem {
  const { id, kind, subjectId, askedAt, erasedAt, rows, objects } = erasure;
  const asker = erasure.askedByUserId ?? erasure.askedByKeyId;
  const at = askedAt.toISOString();
  return {
    ...{ id, kind: 'erase', state: erasedAt === null ? 'running' : 'completed' },
    ...{ askedBy: asker === null ? null : (names.get(asker) ?? null), step: 0, doing: null, canceledBy: null },
    ...{ sentence: null, about: null, found: null, steps: [] },
    ...{ createdAt: at, startedAt: at, endedAt: erasedAt?.toISOString() ?? null },
    erased: { kind, subjectId, rows, objects },
  };
}
