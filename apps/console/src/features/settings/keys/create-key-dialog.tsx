'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { KEY_REACHES } from '@transcode/contracts';
import { Button, Dialog, DialogActions, Field, SelectField } from '@transcode/ui';
import type { FormEvent } from 'react';
import { explain } from '../../../lib/explain.ts';
import { formText } from '../../../lib/form-text.ts';
import { useTRPC } from '../../../lib/trpc.ts';
import { FormError } from '../../auth/form-error.tsx';
import { useMayAct, useMe } from '../../shell/me-context.tsx';
import { chosenRole, RoleField } from '../role-field.tsx';
import { SecretOnce } from '../secret-once.tsx';

/** A new API key; then the key itself. */
export function CreateKeyDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const me = useMe();
  const mayReachAll = useMayAct('admin');
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
    const [name = '', wanted, workspaceId] = ['name', 'reach', 'workspace'].map((field) =>
      formText(form, field).trim(),
    );
    const reach = KEY_REACHES.find((one) => one === wanted) ?? 'workspace';
    create.mutate({ name, role: chosenRole(form, 'viewer'), reach, ...(workspaceId && { workspaceId }) });
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
          {mayReachAll && (
            <SelectField
              label="Reach"
              name="reach"
              hint="With all workspaces, operators’ and administrators’ keys also stop and start work for everybody"
              defaultValue="workspace"
            >
              <option value="workspace">One workspace</option>
              <option value="all">All workspaces and the installation</option>
            </SelectField>
          )}
          <SelectField
            label="Workspace"
            name="workspace"
            hint={
              mayReachAll
                ? 'The one it reaches, or where what it makes goes unless told otherwise'
                : 'A key reaches this one workspace, whatever its role'
            }
          >
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
          its role may in {create.data?.reach === 'all' ? 'all workspaces and at the installation' : 'its workspace'},
          and never more than you.
        </p>
      </SecretOnce>
    </>
  );
}
