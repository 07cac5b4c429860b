'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ErasureView } from '@transcode/contracts';
import { Button, Time } from '@transcode/ui';
import { useTRPC } from '../../../lib/trpc.ts';
import { useNow } from '../../jobs/use-now.ts';
import { ForRole } from '../../shell/for-role.tsx';
import { LoadingRows, NotLoaded } from '../list-states.tsx';
import { TabPart } from '../tab-part.tsx';
import '../../shell/block-table.css';
import './erasures.css';
import { askedByWords, backupsWords, goneWords, kindWords } from './erasure-words.ts';

const PAGE_SIZE = 50;
/** Nobody tells of them: they are looked at. */
const LOOK_MS = 10_000;

/** The receipts of what was erased. */
export function ErasuresTab() {
  return (
    <ForRole role="admin">
      <Erasures />
    </ForRole>
  );
}

function Erasures() {
  const trpc = useTRPC();
  const erasures = useInfiniteQuery({
    ...trpc.erasures.list.infiniteQueryOptions(
      { limit: PAGE_SIZE },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
    refetchInterval: LOOK_MS,
  });
  const items = erasures.data?.pages.flatMap((page) => page.items) ?? [];
  const now = new Date(useNow());
  return (
    <TabPart
      title="Erasures"
      about="A receipt of each video, user and workspace that was erased: what went, and until when backups have it. No restore brings it back."
    >
      {erasures.isPending && <LoadingRows />}
      {erasures.isError && items.length === 0 && (
        <NotLoaded what="The receipts" error={erasures.error} onRetry={() => void erasures.refetch()} />
      )}
      {erasures.isSuccess && items.length === 0 && (
        <p className="border-y border-line py-4 text-small text-ink-3">Nothing was erased yet.</p>
      )}
      {items.length > 0 && (
        <table className="block-table erasures-table">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Asked for</th>
              <th scope="col">What went</th>
              <th scope="col">Backups</th>
            </tr>
          </thead>
          <tbody>
            {items.map((erasure) => (
              <ErasureRow key={erasure.id} erasure={erasure} now={now} />
            ))}
          </tbody>
        </table>
      )}
      {erasures.hasNextPage && (
        <Button
          small
          className="self-start"
          busy={erasures.isFetchingNextPage}
          onClick={() => void erasures.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </TabPart>
  );
}

function ErasureRow({ erasure, now }: { erasure: ErasureView; now: Date }) {
  return (
    <tr>
      <th scope="row" className="block-whole font-normal">
        {kindWords(erasure)}
        <code className="block font-mono break-all text-ink-3">{erasure.subjectId}</code>
      </th>
      <td className="block-whole">
        <Time at={erasure.askedAt} /> by {askedByWords(erasure)}
      </td>
      <td className="block-whole">{goneWords(erasure)}</td>
      <td className="block-whole">{backupsWords(erasure, now)}</td>
    </tr>
  );
}
