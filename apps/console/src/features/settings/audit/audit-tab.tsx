'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { counted } from '@transcode/contracts';
import { Button, EmptyState } from '@transcode/ui';
import { useTRPC } from '../../../lib/trpc.ts';
import { useUrlParams } from '../../../lib/use-url-params.ts';
import { ForRole } from '../../shell/for-role.tsx';
import { LoadingRows, NotLoaded } from '../list-states.tsx';
import { TabPart } from '../tab-part.tsx';
import { auditCsv } from './audit-csv.ts';
import { AuditFilters } from './audit-filters.tsx';
import { auditFilter, NO_FILTER } from './audit-filter.ts';
import { AuditRow } from './audit-row.tsx';
import { saveFile } from '../../../lib/save-file.ts';

const PAGE_SIZE = 100;

/** Who changed what. */
export function AuditTab() {
  return (
    <ForRole role="admin">
      <AuditLog />
    </ForRole>
  );
}

function AuditLog() {
  const trpc = useTRPC();
  const [params, change] = useUrlParams();
  const filter = auditFilter(params);
  const log = useInfiniteQuery({
    ...trpc.audit.list.infiniteQueryOptions(
      { limit: PAGE_SIZE, ...filter },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
    placeholderData: keepPreviousData,
  });
  const items = log.data?.pages.flatMap((page) => page.items) ?? [];
  const isNarrowed = Object.keys(filter).length > 0;
  const save = () => saveFile('audit-log.csv', 'text/csv', auditCsv(items));
  return (
    <TabPart
      title="Audit log"
      about="Every change, who made it, and what was before, with wrong passwords. It is kept for good and cannot be edited."
      action={
        <Button small disabled={items.length === 0} onClick={save}>
          Save {counted(items.length, 'entry', 'entries')} as CSV
        </Button>
      }
    >
      <AuditFilters params={params} onChange={change} />
      {log.isPending && <LoadingRows />}
      {log.isError && items.length === 0 && (
        <NotLoaded what="The audit log" error={log.error} onRetry={() => void log.refetch()} />
      )}
      {log.isSuccess && items.length === 0 && (
        <EmptyState
          title={isNarrowed ? 'Nothing like that was done' : 'Nothing has been changed yet'}
          action={isNarrowed && <Button onClick={() => change(NO_FILTER)}>Show everything</Button>}
        >
          {isNarrowed ? 'No entry fits all of the filters.' : 'Sign-ins and changes appear here as they happen.'}
        </EmptyState>
      )}
      <ul className="divide-y divide-line border-y border-line text-small empty:border-0">
        {items.map((entry) => (
          <AuditRow key={entry.id} entry={entry} onFilter={change} />
        ))}
      </ul>
      {log.hasNextPage && (
        <Button small className="self-start" busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          Show more
        </Button>
      )}
    </TabPart>
  );
}
