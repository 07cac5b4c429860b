'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { KeyView } from '@transcode/contracts';
import { Button, EmptyState, Time } from '@transcode/ui';
import { useState } from 'react';
import { useTRPC } from '../../../lib/trpc.ts';
import { ForRole } from '../../shell/for-role.tsx';
import { useMayAct, useMe } from '../../shell/me-context.tsx';
import { ConfirmDialog } from '../confirm-dialog.tsx';
import { LoadingRows, NotLoaded } from '../list-states.tsx';
import { ROLE_WORDS } from '../role-words.ts';
import { TabPart } from '../tab-part.tsx';
import { CreateKeyDialog } from './create-key-dialog.tsx';

/** What programs sign in with. */
export function KeysTab() {
  return (
    <ForRole role="editor">
      <Keys />
    </ForRole>
  );
}

function Keys() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const seesAll = useMayAct('admin');
  const [creates, setCreates] = useState(false);
  const [leaving, setLeaving] = useState<KeyView>();
  const keys = useQuery(trpc.keys.list.queryOptions());
  const revoke = useMutation(
    trpc.keys.revoke.mutationOptions({
      onSuccess: async () => {
        setLeaving(undefined);
        await queries.invalidateQueries({ queryKey: trpc.keys.pathKey() });
      },
    }),
  );
  const items = keys.data?.items ?? [];
  const add = (
    <Button small kind="primary" onClick={() => setCreates(true)}>
      Make an API key
    </Button>
  );
  return (
    <TabPart
      title="API keys"
      about={`Programs use them in place of a password. ${seesAll ? 'These are everybody’s.' : 'These are yours.'}`}
      action={items.length > 0 && add}
    >
      {keys.isPending && <LoadingRows />}
      {keys.isError && items.length === 0 && (
        <NotLoaded what="The API keys" error={keys.error} onRetry={() => void keys.refetch()} />
      )}
      {keys.isSuccess && items.length === 0 && (
        <EmptyState title="There are no API keys yet" action={add}>
          A build server, a script or your own site uploads and plays videos with one. See the{' '}
          <a href="/api/docs" target="_blank" className="text-accent underline underline-offset-4">
            API documentation
          </a>
          .
        </EmptyState>
      )}
      {items.length > 0 && <KeyTable keys={items} onRevoke={setLeaving} />}
      <CreateKeyDialog open={creates} onClose={() => setCreates(false)} />
      <ConfirmDialog
        open={leaving !== undefined}
        title={`Revoke ${leaving?.name ?? 'the key'}?`}
        confirm="Revoke the key"
        cancel="Keep it"
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => leaving && revoke.mutate({ id: leaving.id })}
        onClose={() => {
          revoke.reset();
          setLeaving(undefined);
        }}
      >
        <p>
          Whatever uses the key that begins with <span className="font-mono">{leaving?.prefix}</span>, or a key that was
          made with it, is refused within seconds. This cannot be undone; a new key can be made.
        </p>
      </ConfirmDialog>
    </TabPart>
  );
}

function KeyTable({ keys, onRevoke }: { keys: readonly KeyView[]; onRevoke: (key: KeyView) => void }) {
  const workspaces = new Map(useMe()?.workspaces.map(({ id, name }) => [id, name]));
  return (
    <table className="w-full text-left text-small">
      <thead className="text-ink-3">
        <tr className="h-8 border-b border-line *:pr-4 *:font-normal *:whitespace-nowrap">
          <th scope="col">Name</th>
          <th scope="col">Role</th>
          <th scope="col" className="hidden md:table-cell">
            Reaches
          </th>
          <th scope="col" className="hidden lg:table-cell">
            Made by
          </th>
          <th scope="col" className="hidden text-right sm:table-cell">
            Last used
          </th>
          <th scope="col">
            <span className="sr-only">Revoke</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.id} className="h-10 border-b border-line *:pr-4">
            <th scope="row" className="max-w-0 min-w-32 font-normal">
              <span className="block truncate" title={key.name}>
                {key.name} <span className="font-mono text-ink-3">{key.prefix}…</span>
              </span>
            </th>
            <td className="whitespace-nowrap">{ROLE_WORDS[key.role].name}</td>
            <td className="hidden max-w-0 md:table-cell">
              <span className="block truncate">
                {key.reach === 'all' ? 'All workspaces' : (workspaces.get(key.workspaceId) ?? '–')}
              </span>
            </td>
            <td className="hidden whitespace-nowrap lg:table-cell">{madeBy(key, keys)}</td>
            <td className="hidden text-right whitespace-nowrap text-ink-2 sm:table-cell">
              {key.lastUsedAt === null ? 'Never' : <Time at={key.lastUsedAt} />}
            </td>
            <td className="w-0 pr-0!">
              <Button small kind="quiet" aria-label={`Revoke ${key.name}`} onClick={() => onRevoke(key)}>
                Revoke
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The person behind a key, and the key that it was made with. */
function madeBy({ createdBy, parentId }: KeyView, keys: readonly KeyView[]): string {
  const person = createdBy?.name ?? 'The machine itself';
  if (parentId === null) return person;
  const parent = keys.find(({ id }) => id === parentId);
  return `${person}, by ${parent === undefined ? 'another key' : `${parent.name} ${parent.prefix}…`}`;
}
