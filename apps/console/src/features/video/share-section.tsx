'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { PAGE_MAX, type ShareView, type VideoView } from '@transcode/contracts';
import { Button, formatMoment, SelectField, useToast } from '@transcode/ui';
import { useState } from 'react';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { ConfirmDialog } from '../settings/confirm-dialog.tsx';
import { SecretOnce } from '../settings/secret-once.tsx';
import { Command } from './command.tsx';
import { embedCode } from './embed-code.ts';
import { Section } from './section.tsx';

const HOUR = 3600;
const DAY = 24 * HOUR;
const LIFETIMES = [
  [HOUR, 'an hour'],
  [DAY, 'a day'],
  [7 * DAY, 'a week'],
  [30 * DAY, '30 days'],
  [90 * DAY, '90 days'],
] as const;

interface ShareSectionProps {
  readonly video: Pick<VideoView, 'id' | 'title' | 'width' | 'height'>;
}

/** Addresses that play this video without an account: a new one, and those that hold. */
export function ShareSection({ video: { id: videoId, title, width, height } }: ShareSectionProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const [seconds, setSeconds] = useState<number>(7 * DAY);
  const shares = useQuery(trpc.shares.list.queryOptions({ id: videoId, limit: PAGE_MAX }));
  const create = useMutation(
    trpc.shares.create.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.shares.pathKey() }),
      onError: (error) => toast({ text: explain(error).sentence }),
    }),
  );
  return (
    <Section title="Share">
      <div className="flex items-end gap-2">
        <SelectField
          bare
          label="How long the link holds"
          className="min-w-0 flex-1"
          value={seconds}
          onChange={(event) => setSeconds(Number(event.target.value))}
        >
          {LIFETIMES.map(([value, words]) => (
            <option key={value} value={value}>
              A link that holds for {words}
            </option>
          ))}
        </SelectField>
        <Button small icon="link" busy={create.isPending} onClick={() => create.mutate({ id: videoId, seconds })}>
          Make a link
        </Button>
      </div>
      {shares.data && shares.data.items.length > 0 && (
        <ul className="divide-y divide-line border-y border-line text-small">
          {shares.data.items.map((share) => (
            <ShareRow key={share.id} share={share} />
          ))}
        </ul>
      )}
      <SecretOnce
        title="The link is made"
        secret={create.data?.url}
        onClose={() => create.reset()}
        further={
          create.data && (
            <>
              <p className="text-ink-2">The same in a page of yours, as HTML:</p>
              <Command
                text={embedCode({ shareUrl: create.data.url, title, width: width ?? 16, height: height ?? 9 })}
              />
            </>
          )
        }
      >
        <p>Whoever has it can watch this one video, without an account, until it expires or you withdraw it.</p>
      </SecretOnce>
    </Section>
  );
}

function ShareRow({ share: { id, createdBy, expiresAt } }: { share: ShareView }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [asks, setAsks] = useState(false);
  const revoke = useMutation(
    trpc.shares.revoke.mutationOptions({
      onSuccess: async () => {
        setAsks(false);
        await queries.invalidateQueries({ queryKey: trpc.shares.pathKey() });
      },
    }),
  );
  return (
    <li className="flex min-h-10 items-center justify-between gap-3">
      <span className="min-w-0 truncate">
        By {createdBy ?? 'a program'}
        <span className="text-ink-3" title={formatMoment(expiresAt)}>
          {' '}
          · until {dayAndTime(expiresAt)}
        </span>
      </span>
      <Button
        small
        kind="quiet"
        aria-label={`Withdraw the link by ${createdBy ?? 'a program'}`}
        onClick={() => setAsks(true)}
      >
        Withdraw
      </Button>
      <ConfirmDialog
        open={asks}
        title="Withdraw this link?"
        confirm="Withdraw the link"
        cancel="Keep it"
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoke.mutate({ id })}
        onClose={() => setAsks(false)}
      >
        <p>Whoever watches by it is cut off within seconds. The same link cannot be given again; a new one can.</p>
      </ConfirmDialog>
    </li>
  );
}

function dayAndTime(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}
