'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Role } from '@transcode/contracts';
import { Button, Dialog, DialogActions, Field, SelectField } from '@transcode/ui';
import type { FormEvent } from 'react';
import { explain } from '../../../lib/explain.ts';
import { formText } from '../../../lib/form-text.ts';
import { useTRPC } from '../../../lib/trpc.ts';
import { FormError } from '../../auth/form-error.tsx';
import { useMe } from '../../shell/me-context.tsx';
import { RoleField } from '../role-field.tsx';
import { SecretOnce } from '../secret-once.tsx';

/** A new API key; then the key itself. */
export function CreateKeyDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const me = useMe();
  const create = useMutation(
    trpc.keys.create.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.keys.pathKey() }),
    }),
  );
  const close = () => {
    create.reset();
    onClose();
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [name, role, workspaceId] = ['name', 'role', 'workspace'].map((field) => formText(form, field).trim());
    create.mutate({ name: name ?? '', role: Role.parse(role), ...(workspaceId && { workspaceId }) });
  };
  return (
    <>
      <Dialog open={open && create.data === undefined} title="Make an API key" onClose={close}>
        <form onSubmit={onSubmit} className="mt-4 flex flex-col gap-4">
          <Field
            label="Name"
            name="name"
            hint="What will use it, so that you know which to revoke"
            autoComplete="off"
            required
            maxLength={100}
          />
          <RoleField initial="viewer" most={me?.role ?? 'viewer'} />
          <SelectField label="Workspace" name="workspace" hint="A key sees this one workspace, whatever its role">
            {me?.workspaces.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <FormError sentence={create.error ? explain(create.error).sentence : undefined} />
          <DialogActions>
            <Button onClick={close}>Cancel</Button>
            <Button type="submit" kind="primary" busy={create.isPending}>
              Make the key
            </Button>
          </DialogActions>
        </form>
      </Dialog>
      <SecretOnce title="The key is made" secret={open ? create.data?.key : undefined} onClose={close}>
        <p>
          Send it as <span className="font-mono text-small">Authorization: Bearer …</span>. Whoever has it may do what
          its role may.
        </p>
      </SecretOnce>
    </>
  );
}
