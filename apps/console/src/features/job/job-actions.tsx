'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { PRIORITIES, type JobPage } from '@transcode/contracts';
import { Button, Menu, MenuItem, useToast } from '@transcode/ui';
import { useRouter } from 'next/navigation';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { PRIORITY_WORDS } from '../jobs/job-words.ts';
import { useMayAct } from '../shell/me-context.tsx';

/** Cancel, retry, priority. What they change is seen on the page; only a refusal is told. */
export function JobActions({ job }: { job: Pick<JobPage, 'id' | 'videoId' | 'state' | 'priority'> }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const toast = useToast();
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
          <Button small busy={cancel.isPending} onClick={() => cancel.mutate({ id: job.id })}>
            Cancel the work
          </Button>
        </>
      )}
      {(job.state === 'failed' || job.state === 'canceled') && (
        <Button small icon="retry" busy={retry.isPending} onClick={() => retry.mutate({ id: job.videoId })}>
          Retry
        </Button>
      )}
    </div>
  );
}
