'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { VideoView } from '@transcode/contracts';
import { Button, Dialog, DialogActions } from '@transcode/ui';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { FormError } from '../auth/form-error.tsx';

interface DeleteVideoDialogProps {
  readonly video: Pick<VideoView, 'id' | 'title'>;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

export function DeleteVideoDialog({ video, open, onClose, onDeleted }: DeleteVideoDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const remove = useMutation(
    trpc.videos.delete.mutationOptions({
      onSuccess: async () => {
        onClose();
        onDeleted?.();
        await queries.invalidateQueries({ queryKey: trpc.videos.list.pathKey() });
      },
    }),
  );
  return (
    <Dialog open={open} onClose={onClose} title="Delete this video?">
      <p className="mt-3 line-clamp-3 font-medium">{video.title}</p>
      <p className="mt-2 text-ink-2">
        The uploaded file and everything made from it are removed, and addresses already given out stop playing. This
        cannot be undone.
      </p>
      <FormError sentence={remove.error ? explain(remove.error).sentence : undefined} />
      <DialogActions>
        <Button onClick={onClose}>Keep it</Button>
        <Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate({ id: video.id })}>
          Delete the video
        </Button>
      </DialogActions>
    </Dialog>
  );
}
