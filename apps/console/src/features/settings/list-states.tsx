import { Button, EmptyState, Skeleton } from '@transcode/ui';
import { explain } from '../../lib/explain.ts';

const ROWS = 6;

/** Rows on their way. */
export function LoadingRows() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-px">
      {Array.from({ length: ROWS }, (_, at) => (
        <Skeleton key={at} className="h-8" />
      ))}
    </div>
  );
}

interface NotLoadedProps {
  /** What could not be loaded, such as “The users”. */
  readonly what: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

export function NotLoaded({ what, error, onRetry }: NotLoadedProps) {
  return (
    <EmptyState title={`${what} could not be loaded`} action={<Button onClick={onRetry}>Try again</Button>}>
      {explain(error).sentence}
    </EmptyState>
  );
}
