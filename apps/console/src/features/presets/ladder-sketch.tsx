import type { Rung } from '@transcode/contracts';

/** The ladder in the space of a word: a column a rung, as tall as its lines, as wide as what it costs. */
export function LadderSketch({ ladder }: { ladder: readonly Rung[] }) {
  const rungs = ladder.toSorted((a, b) => a.height - b.height);
  const tallest = Math.max(...rungs.map(({ height }) => height));
  const whole = rungs.reduce((sum, { bitRate }) => sum + Math.sqrt(bitRate), 0);
  return (
    <span aria-hidden="true" className="flex h-8 w-28 shrink-0 items-end gap-0.5">
      {rungs.map(({ height, bitRate }) => (
        <span
          key={height}
          className="min-w-0.5 rounded-[1px] bg-done"
          style={{ height: `${(height / tallest) * 100}%`, width: `${(Math.sqrt(bitRate) / whole) * 100}%` }}
        />
      ))}
    </span>
  );
}
