'use client';
import { classNames } from './class-names.ts';
import { StoryPicture } from './story-picture.tsx';
import { frameAt, type StoryFrame } from './storyboard.ts';
import { describeCells, groupCells, type StripCell } from './strip-cells.ts';
import { useWidth } from './use-width.ts';

const HEIGHT = { line: 4, bar: 24, card: 56, full: 64 } as const;
/** Narrower cells than this cannot be told apart. */
const LEAST_CELL_PX = 4;

interface StripProps {
  readonly cells: readonly StripCell[];
  /** 4 px in a row, 24 px in the tray, 56 px on a card, 64 px under the player. */
  readonly size: keyof typeof HEIGHT;
  /** Pictures of the finished parts, where there are some and there is room. */
  readonly frames?: readonly StoryFrame[] | undefined;
  /** Set where the words beside it already say what it shows. */
  readonly decorative?: boolean;
  /** The most cells there is room for; measured unless told, which a table of many rows cannot afford. */
  readonly most?: number;
}

/** A video as its own timeline: waiting is an outline, running fills from the left, done shows its pictures. */
export function Strip({ cells, size, frames, decorative = false, most }: StripProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const shown = groupCells(cells, most ?? (width === 0 ? 60 : Math.max(1, Math.floor(width / LEAST_CELL_PX))));
  const total = shown.reduce((sum, cell) => sum + cell.seconds, 0) || 1;
  const starts = startsOf(shown);
  const accessible = decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': describeCells(cells) };
  return (
    <div ref={most === undefined ? ref : undefined} className={classNames('strip', `strip-${size}`)} {...accessible}>
      {shown.map((cell, at) => (
        <div
          key={starts[at]}
          className="strip-cell"
          data-state={cell.state}
          data-taken-over={cell.takenOver || undefined}
          style={{ flex: `${cell.seconds || 1} 1 0` }}
        >
          {(cell.state === 'running' || cell.state === 'held') && (
            <div className="strip-fill">
              <div style={{ transform: `translateX(${Math.min(1, cell.fraction) * 100}%)` }} />
            </div>
          )}
          {cell.state === 'done' && frames && frames.length > 0 && width > 0 && (
            <Film
              frames={frames}
              start={starts[at] ?? 0}
              seconds={cell.seconds}
              width={(width * cell.seconds) / total}
              height={HEIGHT[size]}
            />
          )}
        </div>
      ))}
    </div>
  );
}

function Film(props: { frames: readonly StoryFrame[]; start: number; seconds: number; width: number; height: number }) {
  const first = props.frames[0];
  if (!first) return null;
  // Extreme shapes are cropped, so that a portrait video does not become a hundred slivers.
  const aspect = Math.min(2.4, Math.max(0.8, first.width / first.height));
  const count = Math.max(1, Math.round(props.width / (props.height * aspect)));
  return (
    <div className="strip-film">
      {Array.from({ length: count }, (_, slot) => {
        const frame = frameAt(props.frames, props.start + ((slot + 0.5) / count) * props.seconds) ?? first;
        return (
          <div key={slot} className="strip-frame">
            <StoryPicture frame={frame} width={props.width / count + 1} height={props.height} />
          </div>
        );
      })}
    </div>
  );
}

function startsOf(cells: readonly StripCell[]): number[] {
  let at = 0;
  return cells.map((cell) => {
    const start = at;
    at += cell.seconds || 1;
    return start;
  });
}
