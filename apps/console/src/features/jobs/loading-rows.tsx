import { Skeleton } from '@transcode/ui';

const ROWS = 12;

/** The table before its rows are there. */
export function LoadingRows() {
  return (
    <div aria-hidden="true" className="jobs-table flex flex-col pt-8">
      {Array.from({ length: ROWS }, (_, at) => (
        <div key={at} className="flex h-8 items-center gap-4 px-2">
          <Skeleton className="h-3 w-24" />
          <Skeleton className="h-3 grow" />
          <Skeleton className="h-1 w-40" />
        </div>
      ))}
    </div>
  );
}
