'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Dialog, DialogActions, Field } from '@transcode/ui';
import type { FormEvent } from 'react';
import { explain } from '../../../lib/explain.ts';
import { formText } from '../../../lib/form-text.ts';
import { useTRPC } from '../../../lib/trpc.ts';
import { FormError } from '../../auth/form-error.tsx';
import { useMe } from '../../shell/me-context.tsx';
import { chosenRole, RoleField } from '../role-field.tsx';
import { SecretOnce } from '../secret-once.tsx';
import { chosenWorkspaces, WorkspaceChoice } from '../workspace-choice.tsx';

/** A new account; then its one-time password. */
export function CreateUserDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const me = useMe();
  const create = useMutation(
    trpc.users.create.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.users.pathKey() }),
    }),
  );
  const close = () => {
    create.reset();
    onClose();
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    create.mutate({
      email: formText(form, 'email').trim(),
      name: formText(form, 'name').trim(),
      role: chosenRole(form, 'editor'),
      workspaceIds: chosenWorkspaces(form),
    });
  };
  const own = me?.workspaces.slice(0, 1).map(({ id }) => id) ?? [];
  return (
    <>
      <Dialog open={open && create.data === undefined} title="Add a user" onClose={close}>
        <form onSubmit={onSubmit} className="mt-4 flex flex-col gap-4">
          <Field label="E-mail" name="email" type="email" autoComplete="off" required maxLength={320} />
          <Field label="Name" name="name" autoComplete="off" required maxLength={100} />
          <RoleField initial="editor" most="admin" />
          <WorkspaceChoice chosen={own} />
          <FormError sentence={create.error ? explain(create.error).sentence : undefined} />
          <DialogActions>
            <Button onClick={close}>Cancel</Button>
            <Button type="submit" kind="primary" busy={create.isPending}>
              Add the user
            </Button>
          </DialogActions>
        </form>
      </Dialog>
      <SecretOnce title="The account is made" secret={open ? create.data?.password : undefined} onClose={close}>
        <p>
          This is the one-time password of {create.data?.email}. Give it to them; at the first sign-in it has to be
          changed.
        </p>
      </SecretOnce>
    </>
  );
}
