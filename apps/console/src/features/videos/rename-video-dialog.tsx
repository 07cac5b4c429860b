'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { TITLE_MAX_LENGTH, type VideoView } from '@transcode/contracts';
import { Button, Dialog, DialogActions, Field } from '@transcode/ui';
import type { FormEvent } from 'react';
import { explain } from '../../lib/explain.ts';
import { formText } from '../../lib/form-text.ts';
import { useTRPC } from '../../lib/trpc.ts';

interface RenameVideoDialogProps {
  readonly video: Pick<VideoView, 'id' | 'title'>;
  readonly open: boolean;
  readonly onClose: () => void;
}

export function RenameVideoDialog({ video, open, onClose }: RenameVideoDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const rename = useMutation(
    trpc.videos.rename.mutationOptions({
      onSuccess: async () => {
        onClose();
        await queries.invalidateQueries({ queryKey: trpc.videos.pathKey() });
      },
    }),
  );
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const title = formText(new FormData(event.currentTarget), 'title').trim();
    if (title === video.title) onClose();
    else rename.mutate({ id: video.id, title });
  };
  return (
    <Dialog open={open} onClose={onClose} title="Rename the video">
      <form onSubmit={onSubmit} className="mt-4">
        <Field
          label="Name"
          name="title"
          defaultValue={video.title}
          maxLength={TITLE_MAX_LENGTH}
          error={rename.error ? explain(rename.error).sentence : undefined}
          required
        />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" busy={rename.isPending}>
            Rename
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
