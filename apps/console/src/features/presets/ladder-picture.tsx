import { formatBitRate, formatExact } from '@transcode/ui';
import type { PreviewRung } from './preview-ladder.ts';

/** A bar as long as the rung's bit rate; an outline for what the source is too small for. */
export function LadderPicture({ rungs }: { rungs: readonly PreviewRung[] }) {
  const most = Math.max(...rungs.map(({ bitRate }) => bitRate));
  return (
    <ol aria-label="Ladder, highest rung first" className="flex flex-col gap-px text-small">
      {rungs.map(({ lines, width, height, bitRate, skipped }) => (
        <li key={lines} className={`flex min-h-8 items-center gap-3 ${skipped ? 'text-ink-3' : ''}`}>
          <span className="w-24 shrink-0 text-right">{skipped ? `${lines} lines` : `${width} × ${height}`}</span>
          <span className="min-w-0 flex-1">
            <span
              aria-hidden="true"
              className={`block h-5 rounded-[1px] ${skipped ? 'border border-edge opacity-50' : 'bg-done'}`}
              style={{ width: `max(3px, ${(bitRate / most) * 100}%)` }}
            />
          </span>
          <span className="w-24 shrink-0 text-right" title={formatExact(bitRate, 'bits a second, on average, at most')}>
            {skipped ? 'not made' : formatBitRate(bitRate)}
          </span>
        </li>
      ))}
    </ol>
  );
}
