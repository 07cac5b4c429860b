'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UserView } from '@transcode/contracts';
import { useToast } from '@transcode/ui';
import { useTRPC } from '../../../lib/trpc.ts';
import { TypedDialog } from '../../shell/typed-dialog.tsx';

interface EraseUserDialogProps {
  readonly user: UserView;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Removes a person for good. */
export function EraseUserDialog({ user: { id, name, email }, open, onClose }: EraseUserDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const erase = useMutation(
    trpc.users.erase.mutationOptions({
      onSuccess: async () => {
        toast({ text: `${name} was erased. The receipt is under Erasures.` });
        await Promise.all([
          queries.invalidateQueries({ queryKey: trpc.users.pathKey() }),
          queries.invalidateQueries({ queryKey: trpc.workspaces.pathKey() }),
          queries.invalidateQueries({ queryKey: trpc.erasures.pathKey() }),
        ]);
      },
    }),
  );
  return (
    <TypedDialog
      open={open}
      title={`Erase ${name}?`}
      expected={email}
      label="E-mail"
      confirm="Erase the user"
      busy={erase.isPending}
      error={erase.error}
      onConfirm={(confirm) => erase.mutate({ id, confirm })}
      onClose={() => {
        erase.reset();
        onClose();
      }}
    >
      <p>
        The account, its sessions and API keys, and whatever the audit log says of this person are removed for good.
        What they did stays there, without who that was. Videos stay.
      </p>
    </TypedDialog>
  );
}
