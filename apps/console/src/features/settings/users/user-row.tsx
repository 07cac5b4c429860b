'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UserView } from '@transcode/contracts';
import { Icon, Menu, MenuItem, Time, useToast } from '@transcode/ui';
import { useState } from 'react';
import { explain } from '../../../lib/explain.ts';
import { useTRPC } from '../../../lib/trpc.ts';
import { useMe } from '../../shell/me-context.tsx';
import { ConfirmDialog } from '../confirm-dialog.tsx';
import { ROLE_WORDS } from '../role-words.ts';
import { SecretOnce } from '../secret-once.tsx';
import { EditUserDialog } from './edit-user-dialog.tsx';
import { EraseUserDialog } from './erase-user-dialog.tsx';

/** One person, and what can be done with their account. */
export function UserRow({ user }: { user: UserView }) {
  const isMe = useMe()?.user?.id === user.id;
  const [dialog, setDialog] = useState<'edit' | 'disable' | 'reset' | 'erase'>();
  const close = () => setDialog(undefined);
  const { disable, enable, reset } = useUserActions(close);
  const { id, name, email, role, workspaces, disabledAt, signedInAt, mustChangePassword } = user;
  const isDisabled = disabledAt !== null;
  return (
    <tr className="h-10 border-b border-line *:pr-4">
      <th scope="row" className={`max-w-0 min-w-40 font-normal ${isDisabled ? 'text-ink-3' : ''}`}>
        <span className="block truncate" title={`${name}, ${email}`}>
          {name}
          {isMe && <span className="text-ink-3"> · you</span>} <span className="text-ink-3">{email}</span>
        </span>
      </th>
      <td className="whitespace-nowrap">{ROLE_WORDS[role].name}</td>
      <td className="hidden max-w-0 lg:table-cell">
        <span className="block truncate" title={workspaces.map((one) => one.name).join(', ')}>
          {workspaces.map((one) => one.name).join(', ') || '–'}
        </span>
      </td>
      <td className="hidden text-right whitespace-nowrap text-ink-2 sm:table-cell">
        {isDisabled ? (
          <span className="text-amber">Disabled</span>
        ) : mustChangePassword && signedInAt === null ? (
          'Not yet'
        ) : signedInAt === null ? (
          '–'
        ) : (
          <Time at={signedInAt} />
        )}
      </td>
      <td className="w-8 pr-0!">
        <Menu
          label={`More for ${name}`}
          trigger={<Icon name="more" />}
          triggerClassName="inline-flex size-8 items-center justify-center rounded-control text-ink-3 hover:bg-raised hover:text-ink"
        >
          <MenuItem onSelect={() => setDialog('edit')}>Edit…</MenuItem>
          {!isMe && <MenuItem onSelect={() => setDialog('reset')}>Reset the password…</MenuItem>}
          {!isMe && isDisabled && <MenuItem onSelect={() => enable.mutate({ id })}>Enable</MenuItem>}
          {!isMe && !isDisabled && (
            <MenuItem danger onSelect={() => setDialog('disable')}>
              Disable…
            </MenuItem>
          )}
          {!isMe && (
            <MenuItem danger onSelect={() => setDialog('erase')}>
              Erase…
            </MenuItem>
          )}
        </Menu>
        <EraseUserDialog user={user} open={dialog === 'erase'} onClose={close} />
        <EditUserDialog user={user} open={dialog === 'edit'} onClose={close} />
        <ConfirmDialog
          open={dialog === 'disable'}
          title={`Disable ${name}?`}
          confirm="Disable the account"
          busy={disable.isPending}
          error={disable.error}
          onConfirm={() => disable.mutate({ id })}
          onClose={close}
        >
          <p>
            {email} is signed out everywhere and cannot sign in, and the API keys of this account open nothing. Videos
            stay. You can enable the account again.
          </p>
        </ConfirmDialog>
        <ConfirmDialog
          open={dialog === 'reset' && reset.data === undefined}
          title={`Reset the password of ${name}?`}
          confirm="Reset the password"
          busy={reset.isPending}
          error={reset.error}
          onConfirm={() => reset.mutate({ id })}
          onClose={close}
        >
          <p>{email} is signed out everywhere, and signs in with a one-time password that you will be shown.</p>
        </ConfirmDialog>
        <SecretOnce
          title="A one-time password"
          secret={dialog === 'reset' ? reset.data?.password : undefined}
          onClose={() => {
            close();
            reset.reset();
          }}
        >
          <p>Give it to {email}. At the first sign-in it has to be changed.</p>
        </SecretOnce>
      </td>
    </tr>
  );
}

function useUserActions(close: () => void) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.users.pathKey() });
  const disable = useMutation(
    trpc.users.disable.mutationOptions({
      onSuccess: async () => {
        close();
        await refresh();
      },
    }),
  );
  const enable = useMutation(
    trpc.users.enable.mutationOptions({
      onSuccess: refresh,
      onError: (error) => toast({ text: explain(error).sentence }),
    }),
  );
  const reset = useMutation(trpc.users.resetPassword.mutationOptions({ onSuccess: refresh }));
  return { disable, enable, reset };
}
