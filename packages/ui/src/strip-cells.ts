/** One piece of a timeline, as the strip draws it. */
export interface StripCell {
  /** `held`: begun, and stopped until something or somebody lets it go on. */
  readonly state: 'waiting' | 'running' | 'held' | 'done' | 'failed' | 'canceled';
  /** How much of a running piece is done, 0..1. */
  readonly fraction: number;
  /** Its first worker died and another went on. */
  readonly takenOver: boolean;
  readonly seconds: number;
}

/** At most `most` cells: neighbours are drawn as one where there are more than can be told apart. */
export function groupCells(cells: readonly StripCell[], most: number): readonly StripCell[] {
  if (cells.length <= most) return cells;
  return Array.from({ length: most }, (_, at) => {
    const from = Math.floor((at * cells.length) / most);
    const to = Math.floor(((at + 1) * cells.length) / most);
    return merge(cells.slice(from, to));
  });
}

/** What the strip shows, in words. */
export function describeCells(cells: readonly StripCell[]): string {
  if (cells.every((cell) => cell.state === 'done'))
    return cells.length === 1 ? 'Done' : `All ${cells.length} parts done`;
  const count = (state: StripCell['state']) => cells.filter((cell) => cell.state === state).length;
  const takenOver = cells.filter((cell) => cell.takenOver).length;
  const words = [
    `${count('done')} of ${cells.length} ${cells.length === 1 ? 'part' : 'parts'} done`,
    ...(count('running') > 0 ? [`${count('running')} in work`] : []),
    ...(count('held') > 0 ? [`${count('held')} held`] : []),
    ...(takenOver > 0 ? [`${takenOver} taken over by another worker`] : []),
    ...(count('failed') > 0 ? [`${count('failed')} failed`] : []),
    ...(count('canceled') > 0 ? [`${count('canceled')} canceled`] : []),
  ];
  return words.join(', ');
}

function merge(cells: readonly StripCell[]): StripCell {
  const seconds = cells.reduce((sum, cell) => sum + cell.seconds, 0);
  const done = cells.reduce((sum, cell) => sum + cell.seconds * (cell.state === 'done' ? 1 : cell.fraction), 0);
  const has = (state: StripCell['state']) => cells.some((cell) => cell.state === state);
  return {
    state: mergedState(has, cells),
    fraction: seconds === 0 ? 0 : done / seconds,
    takenOver: cells.some((cell) => cell.takenOver),
    seconds,
  };
}

function mergedState(has: (state: StripCell['state']) => boolean, cells: readonly StripCell[]): StripCell['state'] {
  if (has('failed')) return 'failed';
  if (cells.every((cell) => cell.state === 'done')) return 'done';
  if (has('running') || has('done')) return 'running';
  if (has('held')) return 'held';
  return has('canceled') ? 'canceled' : 'waiting';
}
