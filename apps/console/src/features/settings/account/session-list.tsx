'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { PAGE_MAX } from '@transcode/contracts';
import { Button, Time, useToast } from '@transcode/ui';
import { useState } from 'react';
import { explain } from '../../../lib/explain.ts';
import { useTRPC } from '../../../lib/trpc.ts';
import { ConfirmDialog } from '../confirm-dialog.tsx';
import { LoadingRows, NotLoaded } from '../list-states.tsx';
import { TabPart } from '../tab-part.tsx';
import { browserWords } from './browser-words.ts';

/** Where one is signed in; each can be ended, and all others at once. */
export function SessionList() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const [asks, setAsks] = useState(false);
  const sessions = useQuery(trpc.sessions.list.queryOptions({ limit: PAGE_MAX }));
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.sessions.pathKey() });
  const end = useMutation(
    trpc.sessions.end.mutationOptions({
      onSuccess: refresh,
      onError: (error) => toast({ text: explain(error).sentence }),
    }),
  );
  const endOthers = useMutation(
    trpc.sessions.endOthers.mutationOptions({
      onSuccess: async () => {
        setAsks(false);
        await refresh();
      },
    }),
  );
  const items = sessions.data?.items ?? [];
  const others = items.filter(({ current }) => !current).length;
  return (
    <TabPart
      title="Sessions"
      about="Every browser in which you are signed in. One that you do not know is a reason to end it and to change your password."
      action={
        others > 0 && (
          <Button small onClick={() => setAsks(true)}>
            {others === 1 ? 'End the other session' : `End ${others} other sessions`}
          </Button>
        )
      }
    >
      {sessions.isPending && <LoadingRows />}
      {sessions.isError && (
        <NotLoaded what="Your sessions" error={sessions.error} onRetry={() => void sessions.refetch()} />
      )}
      <ul className="divide-y divide-line border-y border-line text-small empty:border-0">
        {items.map(({ id, userAgent, createdAt, current }) => (
          <li key={id} className="flex min-h-10 items-center gap-3">
            <span className="min-w-0 flex-1 truncate" title={userAgent ?? undefined}>
              {browserWords(userAgent)}
              {current && <span className="text-ink-3"> · this browser</span>}
            </span>
            <span className="text-right text-ink-3">
              <span className="hidden sm:inline">signed in </span>
              <Time at={createdAt} />
            </span>
            <span className="flex w-14 justify-end">
              {!current && (
                <Button
                  small
                  kind="quiet"
                  busy={end.isPending && end.variables.id === id}
                  aria-label={`End the session in ${browserWords(userAgent)}`}
                  onClick={() => end.mutate({ id })}
                >
                  End
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={asks}
        title={others === 1 ? 'End the other session?' : `End ${others} other sessions?`}
        confirm={others === 1 ? 'End the session' : `End ${others} sessions`}
        busy={endOthers.isPending}
        error={endOthers.error}
        onConfirm={() => endOthers.mutate()}
        onClose={() => setAsks(false)}
      >
        <p>Those browsers are signed out within seconds. Uploads in them stop, and go on after the next sign-in.</p>
      </ConfirmDialog>
    </TabPart>
  );
}
