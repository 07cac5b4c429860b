import type { JobPage } from '@transcode/contracts';
import { CopyId } from './copy-id.tsx';

/** Where each step of the work can be seen in time; its id, where it is not known who shows traces. */
export function TraceLink({ trace }: { trace: NonNullable<JobPage['trace']> }) {
  if (trace.url === null)
    return (
      <span className="inline-flex items-center gap-1.5">
        Trace <CopyId id={trace.id} what="trace" />
      </span>
    );
  return (
    <a href={trace.url} target="_blank" rel="noreferrer" className="text-accent underline underline-offset-4">
      Open the trace
    </a>
  );
}
