'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { counted, type WorkspaceView } from '@transcode/contracts';
import { Button, Time } from '@transcode/ui';
import { useState } from 'react';
import { useTRPC } from '../../../lib/trpc.ts';
import { ForRole } from '../../shell/for-role.tsx';
import { LoadingRows, NotLoaded } from '../list-states.tsx';
import { TabPart } from '../tab-part.tsx';
import { EraseWorkspaceDialog } from './erase-workspace-dialog.tsx';
import { MembersDialog } from './members-dialog.tsx';
import { WorkspaceNameDialog } from './workspace-name-dialog.tsx';

const PAGE_SIZE = 100;

/** What videos, presets and keys belong to, and who sees them. */
export function WorkspacesTab() {
  return (
    <ForRole role="admin">
      <Workspaces />
    </ForRole>
  );
}

type Asked = { dialog: 'create' } | { dialog: 'rename' | 'members' | 'erase'; id: string };

function Workspaces() {
  const trpc = useTRPC();
  const [asked, setAsked] = useState<Asked>();
  const workspaces = useInfiniteQuery(
    trpc.workspaces.list.infiniteQueryOptions(
      { limit: PAGE_SIZE },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
  );
  const items = workspaces.data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = items.find(({ id }) => asked !== undefined && 'id' in asked && asked.id === id);
  const close = () => setAsked(undefined);
  return (
    <TabPart
      title="Workspaces"
      about="Videos, presets and API keys belong to one. Its members see them; operators and administrators see all."
      action={
        <Button small kind="primary" onClick={() => setAsked({ dialog: 'create' })}>
          Add a workspace
        </Button>
      }
    >
      {workspaces.isPending && <LoadingRows />}
      {workspaces.isError && items.length === 0 && (
        <NotLoaded what="The workspaces" error={workspaces.error} onRetry={() => void workspaces.refetch()} />
      )}
      <ul className="divide-y divide-line border-y border-line text-small empty:border-0">
        {items.map((workspace) => (
          <WorkspaceRow key={workspace.id} workspace={workspace} onAsk={setAsked} />
        ))}
      </ul>
      {workspaces.hasNextPage && (
        <Button small className="self-start" onClick={() => void workspaces.fetchNextPage()}>
          Show more
        </Button>
      )}
      <WorkspaceNameDialog
        open={asked?.dialog === 'create' || asked?.dialog === 'rename'}
        workspace={asked?.dialog === 'rename' ? chosen : undefined}
        onClose={close}
      />
      {chosen && <EraseWorkspaceDialog workspace={chosen} open={asked?.dialog === 'erase'} onClose={close} />}
      {chosen && <MembersDialog workspace={chosen} open={asked?.dialog === 'members'} onClose={close} />}
    </TabPart>
  );
}

function WorkspaceRow({ workspace, onAsk }: { workspace: WorkspaceView; onAsk: (asked: Asked) => void }) {
  const { id, name, members, createdAt } = workspace;
  const count = counted(members.length, 'member');
  return (
    <li className="flex min-h-10 items-center gap-3">
      <span className="min-w-0 flex-1 truncate" title={name}>
        {name}
      </span>
      <span className="hidden text-ink-3 sm:inline">
        made <Time at={createdAt} />
      </span>
      <Button small kind="quiet" aria-label={`${count} of ${name}`} onClick={() => onAsk({ dialog: 'members', id })}>
        {count}
      </Button>
      <Button small kind="quiet" aria-label={`Rename ${name}`} onClick={() => onAsk({ dialog: 'rename', id })}>
        Rename
      </Button>
      <Button small kind="quiet" aria-label={`Erase ${name}`} onClick={() => onAsk({ dialog: 'erase', id })}>
        Erase…
      </Button>
    </li>
  );
}
