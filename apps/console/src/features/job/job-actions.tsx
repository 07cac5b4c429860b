'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { isTheFilesFault, PRIORITIES, type JobPage } from '@transcode/contracts';
import { Button, Menu, MenuItem, useToast } from '@transcode/ui';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { PRIORITY_WORDS } from '../jobs/job-words.ts';
import { useMayAct } from '../shell/me-context.tsx';
import { CancelWorkDialog } from '../videos/cancel-work-dialog.tsx';

type Subject = Pick<JobPage, 'id' | 'videoId' | 'videoTitle' | 'state' | 'priority' | 'failure'>;

/** Cancel, retry, priority. What they change is seen on the page; only a refusal is told. */
export function JobActions({ job }: { job: Subject }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const [asksCancel, setAsksCancel] = useState(false);
  const onError = (error: unknown) => toast({ text: explain(error).sentence });
  const onSettled = () => queries.invalidateQueries({ queryKey: trpc.jobs.get.queryKey({ id: job.id }) });
  const cancel = useMutation(trpc.jobs.cancel.mutationOptions({ onSettled, onError }));
  const move = useMutation(trpc.jobs.setPriority.mutationOptions({ onSettled, onError }));
  const retry = useMutation(
    trpc.videos.retry.mutationOptions({ onError, onSuccess: ({ id }) => router.push(`/jobs/${id}`) }),
  );
  if (!useMayAct('editor')) return null;
  const isOpen = job.state === 'queued' || job.state === 'running';
  return (
    <div className="flex flex-wrap items-center gap-2">
      {isOpen && (
        <>
          <Menu label="Priority">
            {PRIORITIES.toReversed().map((priority) => (
              <MenuItem
                key={priority}
                checked={priority === job.priority}
                onSelect={() => move.mutate({ ids: [job.id], priority })}
              >
                {PRIORITY_WORDS[priority]}
              </MenuItem>
            ))}
          </Menu>
          <Button small busy={cancel.isPending} onClick={() => setAsksCancel(true)}>
            Cancel the work…
          </Button>
        </>
      )}
      <CancelWorkDialog
        title={job.videoTitle}
        open={asksCancel}
        onCancel={() => cancel.mutate({ id: job.id })}
        onClose={() => setAsksCancel(false)}
      />
      {(job.state === 'canceled' || (job.state === 'failed' && !isTheFilesFault(job.failure?.code ?? ''))) && (
        <Button small icon="retry" busy={retry.isPending} onClick={() => retry.mutate({ id: job.videoId })}>
          Retry
        </Button>
      )}
    </div>
  );
}
