'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { PresetView } from '@transcode/contracts';
import { useTRPC } from '../../lib/trpc.ts';
import { ConfirmDialog } from '../settings/confirm-dialog.tsx';

interface DeletePresetDialogProps {
  readonly preset: PresetView;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

export function DeletePresetDialog({ preset, open, onClose, onDeleted }: DeletePresetDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name, title, workspaceId } = preset;
  const remove = useMutation(
    trpc.presets.delete.mutationOptions({
      onSuccess: async () => {
        onDeleted();
        await queries.invalidateQueries({ queryKey: trpc.presets.list.pathKey() });
      },
    }),
  );
  const close = () => {
    remove.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      open={open}
      title={`Delete ${title || name}?`}
      confirm="Delete the preset"
      cancel="Keep it"
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ name, ...(workspaceId !== null && { workspaceId }) })}
      onClose={close}
    >
      <p>
        Videos that were made with it stay as they are. One that is to be tried again needs another preset then. This
        cannot be undone.
      </p>
    </ConfirmDialog>
  );
}
