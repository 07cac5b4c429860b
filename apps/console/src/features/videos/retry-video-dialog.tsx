'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { VideoView } from '@transcode/contracts';
import { Button, Dialog, DialogActions, SelectField } from '@transcode/ui';
import type { FormEvent } from 'react';
import { explain } from '../../lib/explain.ts';
import { formText } from '../../lib/form-text.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { FormError } from '../auth/form-error.tsx';

interface RetryVideoDialogProps {
  readonly video: Pick<VideoView, 'id' | 'title' | 'preset' | 'workspaceId'>;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Tries again with another preset: where the old one is gone, or asked for too much. */
export function RetryVideoDialog({ video, open, onClose }: RetryVideoDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const presets = useQuery(trpc.presets.list.queryOptions(undefined, { enabled: open }));
  const retry = useMutation(
    trpc.videos.retry.mutationOptions({
      onSuccess: async () => {
        onClose();
        await queries.invalidateQueries({ queryKey: trpc.videos.pathKey() });
      },
    }),
  );
  const items = (presets.data?.items ?? []).filter(
    ({ workspaceId }) => workspaceId === null || workspaceId === video.workspaceId,
  );
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    retry.mutate({ id: video.id, preset: formText(new FormData(event.currentTarget), 'preset') });
  };
  return (
    <Dialog open={open} title="Retry with another preset" onClose={onClose}>
      <form onSubmit={onSubmit} className="mt-4 flex flex-col gap-4">
        <p className="line-clamp-2 text-ink-2">
          {video.title} was uploaded with {video.preset}.
        </p>
        <SelectField label="Preset" name="preset" required>
          {items.map(({ name, title }) => (
            <option key={name} value={name}>
              {title || name}
            </option>
          ))}
        </SelectField>
        <FormError sentence={retry.error ? explain(retry.error).sentence : undefined} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" busy={retry.isPending} disabled={items.length === 0 || retry.isPending}>
            Retry
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
