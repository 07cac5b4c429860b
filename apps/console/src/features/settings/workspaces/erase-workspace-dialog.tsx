'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { WorkspaceView } from '@transcode/contracts';
import { useToast } from '@transcode/ui';
import { useRouter } from 'next/navigation';
import { useTRPC } from '../../../lib/trpc.ts';
import { TypedDialog } from '../../shell/typed-dialog.tsx';

interface EraseWorkspaceDialogProps {
  readonly workspace: WorkspaceView;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Removes a workspace and all that is in it for good. */
export function EraseWorkspaceDialog({ workspace: { id, name }, open, onClose }: EraseWorkspaceDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const erase = useMutation(
    trpc.workspaces.erase.mutationOptions({
      onSuccess: async () => {
        onClose();
        toast({ text: `${name} is being erased. The receipt is under Erasures.` });
        // Names of workspaces also come with the page itself.
        router.refresh();
        await Promise.all([
          queries.invalidateQueries({ queryKey: trpc.workspaces.pathKey() }),
          queries.invalidateQueries({ queryKey: trpc.users.pathKey() }),
          queries.invalidateQueries({ queryKey: trpc.erasures.pathKey() }),
        ]);
      },
    }),
  );
  return (
    <TypedDialog
      open={open}
      title={`Erase ${name}?`}
      expected={name}
      label="Name"
      confirm="Erase the workspace"
      busy={erase.isPending}
      error={erase.error}
      onConfirm={(confirm) => erase.mutate({ id, confirm })}
      onClose={() => {
        erase.reset();
        onClose();
      }}
    >
      <p>
        Its videos, with what was uploaded and what was made of it, its presets and API keys are removed for good, and
        so is what the audit log says of them. Accounts stay.
      </p>
    </TypedDialog>
  );
}
