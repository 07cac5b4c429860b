'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UserView } from '@transcode/contracts';
import { Button, Dialog, DialogActions, Field } from '@transcode/ui';
import type { FormEvent } from 'react';
import { explain } from '../../../lib/explain.ts';
import { formText } from '../../../lib/form-text.ts';
import { useTRPC } from '../../../lib/trpc.ts';
import { FormError } from '../../auth/form-error.tsx';
import { chosenRole, RoleField } from '../role-field.tsx';
import { chosenWorkspaces, WorkspaceChoice } from '../workspace-choice.tsx';

interface EditUserDialogProps {
  readonly user: UserView;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Name, role and workspaces of an account. What changes holds with the next thing that person does. */
export function EditUserDialog({ user, open, onClose }: EditUserDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const update = useMutation(
    trpc.users.update.mutationOptions({
      onSuccess: async () => {
        onClose();
        await Promise.all([
          queries.invalidateQueries({ queryKey: trpc.users.pathKey() }),
          queries.invalidateQueries({ queryKey: trpc.workspaces.pathKey() }),
        ]);
      },
    }),
  );
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    update.mutate({
      id: user.id,
      name: formText(form, 'name').trim(),
      role: chosenRole(form, user.role),
      workspaceIds: chosenWorkspaces(form),
    });
  };
  return (
    <Dialog open={open} title={user.email} onClose={onClose}>
      <form onSubmit={onSubmit} className="mt-4 flex flex-col gap-4">
        <Field label="Name" name="name" defaultValue={user.name} required maxLength={100} autoComplete="off" />
        <RoleField initial={user.role} most="admin" />
        <WorkspaceChoice chosen={user.workspaces.map(({ id }) => id)} />
        <FormError sentence={update.error ? explain(update.error).sentence : undefined} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" busy={update.isPending}>
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
