'use client';
import { useQuery } from '@tanstack/react-query';
import { PAGE_MAX } from '@transcode/contracts';
import { useTRPC } from '../../lib/trpc.ts';

/** Which workspaces somebody belongs to, as boxes to tick, in a form field called `workspaces`. */
export function WorkspaceChoice({ chosen }: { chosen: readonly string[] }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.workspaces.list.queryOptions({ limit: PAGE_MAX }));
  const workspaces = (data?.items ?? []).toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="pb-1 text-small font-medium text-ink-2">Workspaces</legend>
      <div className="max-h-44 overflow-y-auto rounded-control border border-edge bg-raised px-3 py-1">
        {workspaces.map(({ id, name }) => (
          <label key={id} className="flex min-h-8 items-center gap-2 text-small">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              name="workspaces"
              value={id}
              defaultChecked={chosen.includes(id)}
            />
            {name}
          </label>
        ))}
        {data === undefined && <p className="py-1.5 text-small text-ink-3">Loading the workspaces</p>}
      </div>
      <p className="text-small text-ink-3">Operators and administrators see all of them.</p>
    </fieldset>
  );
}

/** What was ticked. */
export function chosenWorkspaces(form: FormData): string[] {
  return form.getAll('workspaces').filter((value) => typeof value === 'string');
}
