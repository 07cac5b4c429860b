'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { PAGE_MAX, type WorkspaceView } from '@transcode/contracts';
import { Button, Dialog, DialogActions, SelectField } from '@transcode/ui';
import { useState } from 'react';
import { explain } from '../../../lib/explain.ts';
import { useTRPC } from '../../../lib/trpc.ts';
import { FormError } from '../../auth/form-error.tsx';
import { ROLE_WORDS } from '../role-words.ts';

interface MembersDialogProps {
  readonly workspace: WorkspaceView;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Who belongs to a workspace; each change holds at once. */
export function MembersDialog({ workspace, open, onClose }: MembersDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [userId, setUserId] = useState('');
  const users = useQuery(trpc.users.list.queryOptions({ limit: PAGE_MAX }, { enabled: open }));
  const onSuccess = async () => {
    setUserId('');
    await Promise.all([
      queries.invalidateQueries({ queryKey: trpc.workspaces.pathKey() }),
      queries.invalidateQueries({ queryKey: trpc.users.pathKey() }),
    ]);
  };
  const add = useMutation(trpc.workspaces.addMember.mutationOptions({ onSuccess }));
  const remove = useMutation(trpc.workspaces.removeMember.mutationOptions({ onSuccess }));
  const members = new Set(workspace.members.map(({ id }) => id));
  const others = (users.data?.items ?? [])
    .filter(({ id, disabledAt }) => !members.has(id) && disabledAt === null)
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const error = add.error ?? remove.error;
  const workspaceId = workspace.id;
  return (
    <Dialog open={open} title={`Members of ${workspace.name}`} onClose={onClose}>
      <ul className="mt-4 max-h-80 divide-y divide-line overflow-y-auto border-y border-line text-small">
        {workspace.members.map(({ id, name, email, role }) => (
          <li key={id} className="flex min-h-10 items-center gap-3">
            <span className="min-w-0 flex-1 truncate" title={email}>
              {name} <span className="text-ink-3">{email}</span>
            </span>
            <span className="text-ink-3">{ROLE_WORDS[role].name}</span>
            <Button
              small
              kind="quiet"
              aria-label={`Remove ${name}`}
              busy={remove.isPending && remove.variables.userId === id}
              onClick={() => remove.mutate({ workspaceId, userId: id })}
            >
              Remove
            </Button>
          </li>
        ))}
        {workspace.members.length === 0 && <li className="py-2 text-ink-3">Nobody belongs to it yet.</li>}
      </ul>
      <div className="mt-4 flex items-end gap-2">
        <SelectField
          label="Add somebody"
          className="min-w-0 flex-1"
          value={userId}
          onChange={(event) => setUserId(event.target.value)}
        >
          <option value="">Choose a person</option>
          {others.map(({ id, name, email }) => (
            <option key={id} value={id}>
              {name}, {email}
            </option>
          ))}
        </SelectField>
        <Button
          busy={add.isPending}
          disabled={userId === '' || add.isPending}
          onClick={() => add.mutate({ workspaceId, userId })}
        >
          Add
        </Button>
      </div>
      <FormError sentence={error ? explain(error).sentence : undefined} />
      <DialogActions>
        <Button kind="primary" onClick={onClose}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  );
}
