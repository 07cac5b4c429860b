'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { WorkspaceView } from '@transcode/contracts';
import { Button, Dialog, DialogActions, Field } from '@transcode/ui';
import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { explain } from '../../../lib/explain.ts';
import { formText } from '../../../lib/form-text.ts';
import { useTRPC } from '../../../lib/trpc.ts';

interface WorkspaceNameDialogProps {
  readonly open: boolean;
  /** The one to rename; absent for a new one. */
  readonly workspace: WorkspaceView | undefined;
  readonly onClose: () => void;
}

export function WorkspaceNameDialog({ open, workspace, onClose }: WorkspaceNameDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const onSuccess = async () => {
    close();
    // Names of workspaces also come with the page itself.
    router.refresh();
    await Promise.all([
      queries.invalidateQueries({ queryKey: trpc.workspaces.pathKey() }),
      queries.invalidateQueries({ queryKey: trpc.users.pathKey() }),
    ]);
  };
  const create = useMutation(trpc.workspaces.create.mutationOptions({ onSuccess }));
  const rename = useMutation(trpc.workspaces.rename.mutationOptions({ onSuccess }));
  const close = () => {
    create.reset();
    rename.reset();
    onClose();
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = formText(new FormData(event.currentTarget), 'name').trim();
    if (workspace === undefined) create.mutate({ name });
    else if (name === workspace.name) close();
    else rename.mutate({ id: workspace.id, name });
  };
  const error = create.error ?? rename.error;
  return (
    <Dialog open={open} title={workspace ? 'Rename the workspace' : 'Add a workspace'} onClose={close}>
      <form onSubmit={onSubmit} className="mt-4">
        <Field
          label="Name"
          name="name"
          defaultValue={workspace?.name ?? ''}
          maxLength={100}
          autoComplete="off"
          error={error ? explain(error).sentence : undefined}
          required
        />
        <DialogActions>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" kind="primary" busy={create.isPending || rename.isPending}>
            {workspace ? 'Rename' : 'Add the workspace'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
