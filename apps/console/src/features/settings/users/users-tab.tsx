'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button, EmptyState, Icon } from '@transcode/ui';
import { useDeferredValue, useState } from 'react';
import { useTRPC } from '../../../lib/trpc.ts';
import { useUrlText } from '../../../lib/use-url-text.ts';
import { ForRole } from '../../shell/for-role.tsx';
import { LoadingRows, NotLoaded } from '../list-states.tsx';
import { TabPart } from '../tab-part.tsx';
import { CreateUserDialog } from './create-user-dialog.tsx';
import { UserRow } from './user-row.tsx';

const PAGE_SIZE = 100;

/** Everybody with an account here. */
export function UsersTab() {
  return (
    <ForRole role="admin">
      <Users />
    </ForRole>
  );
}

function Users() {
  const [search, setSearch] = useUrlText('search');
  const [creates, setCreates] = useState(false);
  const users = useUsers(useDeferredValue(search.trim()));
  const items = users.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <TabPart
      title="Users"
      about="People with an account. What somebody may do is their role; what they see, their workspaces."
      action={
        <Button small kind="primary" onClick={() => setCreates(true)}>
          Add a user
        </Button>
      }
    >
      <label className="relative w-full sm:w-72">
        <span className="sr-only">Search by name or e-mail</span>
        <Icon name="search" className="absolute top-2 left-2.5 size-4 text-ink-3" />
        <input
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          placeholder="Name or e-mail"
          className="h-8 w-full rounded-control border border-line bg-surface pr-3 pl-8 text-small placeholder:text-ink-3 hover:border-edge"
        />
      </label>
      {users.isPending && <LoadingRows />}
      {users.isError && items.length === 0 && (
        <NotLoaded what="The users" error={users.error} onRetry={() => void users.refetch()} />
      )}
      {users.isSuccess && items.length === 0 && (
        <EmptyState title="Nobody found" action={<Button onClick={() => setSearch('')}>Show everybody</Button>}>
          Nobody here has “{search}” in their name or e-mail.
        </EmptyState>
      )}
      {items.length > 0 && (
        <table className="w-full text-left text-small">
          <thead className="text-ink-3">
            <tr className="h-8 border-b border-line *:pr-4 *:font-normal *:whitespace-nowrap">
              <th scope="col">Name</th>
              <th scope="col">Role</th>
              <th scope="col" className="hidden lg:table-cell">
                Workspaces
              </th>
              <th scope="col" className="hidden text-right sm:table-cell">
                Signed in
              </th>
              <th scope="col">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((user) => (
              <UserRow key={user.id} user={user} />
            ))}
          </tbody>
        </table>
      )}
      {users.hasNextPage && (
        <Button small className="self-start" busy={users.isFetchingNextPage} onClick={() => void users.fetchNextPage()}>
          Show more
        </Button>
      )}
      <CreateUserDialog open={creates} onClose={() => setCreates(false)} />
    </TabPart>
  );
}

function useUsers(search: string) {
  const trpc = useTRPC();
  const input = { limit: PAGE_SIZE, ...(search !== '' && { search }) };
  return useInfiniteQuery({
    ...trpc.users.list.infiniteQueryOptions(input, { getNextPageParam: (page) => page.nextCursor ?? undefined }),
    placeholderData: keepPreviousData,
  });
}
