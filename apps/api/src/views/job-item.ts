import type { JobItem, Stage, TaskState } from '@transcode/contracts';
import type { JobRow, TaskPiece } from '@transcode/db';
import { failureView } from './failure-view.ts';
import { FOLDER_SHARE, weighStages, type StageSums } from './weigh-stages.ts';

/** Whether there is more to say of its tasks than that none, or all of them, are done. */
export function hasPieces({ state, startedAt }: JobRow): boolean {
  return state !== 'completed' && startedAt !== null;
}

export function jobItem(job: JobRow, pieces: readonly TaskPiece[]): JobItem {
  const encodes = pieces.filter(({ stage }) => stage === 'encode');
  return {
    id: job.id,
    videoId: job.videoId,
    videoTitle: job.videoTitle,
    preset: job.preset,
    priority: job.priority,
    state: job.state,
    createdAt: job.createdAt.toISOString(),
    startedAt: job.startedAt?.toISOString() ?? null,
    endedAt: job.endedAt?.toISOString() ?? null,
    fraction: job.state === 'completed' ? 1 : fractionOf(pieces),
    failure: failureView({ ...job, failureTail: null }),
    cells: encodes.map((piece) => ({
      state: stateOf(piece),
      fraction: piece.frames === 0 ? 0 : piece.done / piece.frames,
      takenOver: piece.takenOver,
      frames: piece.frames,
    })),
  };
}

function fractionOf(pieces: readonly TaskPiece[]): number {
  const frames = pieces.reduce((sum, piece) => sum + (piece.stage === 'encode' ? piece.frames : 0), 0);
  const stages = new Map<Stage, StageSums>();
  for (const { stage, place, ...piece } of pieces) {
    const sums = stages.get(stage) ?? { all: 0, done: 0 };
    const share = stage === 'verify' && place === -1 && frames > 0 ? frames * FOLDER_SHARE : 1;
    stages.set(stage, { all: sums.all + piece.frames * share, done: sums.done + piece.done * share });
  }
  return weighStages(stages, {
    isPlanned: frames > 0,
    waitsForMeasure: pieces.some(({ stage, waitsForMeasure }) => stage === 'publish' && waitsForMeasure),
  });
}

function stateOf({ allDone, anyFailed, anyRunning, anyCanceled, done }: TaskPiece): TaskState {
  if (anyFailed) return 'failed';
  if (allDone) return 'completed';
  if (anyRunning) return 'running';
  if (anyCanceled) return 'canceled';
  return done > 0 ? 'running' : 'queued';
}
