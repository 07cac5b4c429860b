'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../../lib/trpc.ts';
import { ForRole } from '../../shell/for-role.tsx';
import { LoadingRows, NotLoaded } from '../list-states.tsx';
import { TabPart } from '../tab-part.tsx';
import { limitGroups } from './limit-groups.ts';

/** What holds in this installation: read here, set where it runs. */
export function LimitsTab() {
  return (
    <ForRole role="admin">
      <Limits />
    </ForRole>
  );
}

function Limits() {
  const trpc = useTRPC();
  const limits = useQuery(trpc.limits.get.queryOptions());
  if (limits.isPending) return <LoadingRows />;
  if (limits.isError) {
    return <NotLoaded what="The limits" error={limits.error} onRetry={() => void limits.refetch()} />;
  }
  return limitGroups(limits.data).map(({ title, about, rows }) => (
    <TabPart key={title} title={title} about={about}>
      <dl className="border-t border-line text-small">
        {rows.map(({ name, value, exact, variable }) => (
          <div
            key={name}
            className="flex min-h-8 flex-wrap items-center justify-between gap-x-6 border-b border-line py-1"
          >
            <dt>
              {name} {variable && <code className="ml-1 font-mono text-ink-3">{variable}</code>}
            </dt>
            <dd className="ml-auto text-right" title={exact}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </TabPart>
  ));
}
