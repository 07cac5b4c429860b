import type { JobStanding, JobState, TaskState } from '@transcode/contracts';
import { jobFraction } from './job-fraction.ts';
import type { JobOutline } from './read-job-outlines.ts';
import { taskFraction } from './task-fraction.ts';

type Cell = JobStanding['cells'][number];

/** A day's video has more chunks than a row of a list has pixels. */
const MOST_CELLS = 40;

export function standingOf(state: JobState, { tasks, chunks }: Pick<JobOutline, 'tasks' | 'chunks'>): JobStanding {
  const frames = chunks.at(-1)?.endFrame;
  return {
    fraction: jobFraction({ state, tasks }, frames === undefined ? null : { grid: { frames }, chunks }),
    cells: cellsOf({ tasks, chunks }),
  };
}

/** A cell for each chunk, or for neighbouring ones where they are many. */
function cellsOf({ tasks, chunks }: Pick<JobOutline, 'tasks' | 'chunks'>): Cell[] {
  const encodes = tasks.filter(({ stage }) => stage === 'encode').toSorted((one, other) => one.index - other.index);
  const cells = encodes.map((task): Cell => {
    const chunk = chunks[task.index];
    const frames = chunk === undefined ? 1 : chunk.endFrame - chunk.startFrame;
    return { state: task.state, fraction: taskFraction(task), takenOver: task.takenOver, frames };
  });
  if (cells.length <= MOST_CELLS) return cells;
  const places = Map.groupBy(cells.entries(), ([at]) => Math.floor((at * MOST_CELLS) / cells.length));
  return [...places.values()].map((place) => mergeCells(place.map(([, cell]) => cell)));
}

function mergeCells(cells: readonly Cell[]): Cell {
  const frames = cells.reduce((sum, cell) => sum + cell.frames, 0);
  const done = cells.reduce((sum, cell) => sum + cell.frames * cell.fraction, 0);
  return {
    state: mergedState(
      cells.map(({ state }) => state),
      done > 0,
    ),
    fraction: frames === 0 ? 0 : done / frames,
    takenOver: cells.some(({ takenOver }) => takenOver),
    frames,
  };
}

function mergedState(states: readonly TaskState[], isBegun: boolean): TaskState {
  if (states.includes('failed')) return 'failed';
  if (states.every((state) => state === 'completed')) return 'completed';
  if (states.includes('running')) return 'running';
  if (states.includes('canceled')) return 'canceled';
  return isBegun ? 'running' : 'queued';
}
