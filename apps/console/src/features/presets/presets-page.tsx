'use client';
import { useQuery } from '@tanstack/react-query';
import { counted, type PresetView } from '@transcode/contracts';
import { Button, EmptyState, Skeleton } from '@transcode/ui';
import Link from 'next/link';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { useMayAct, useMe } from '../shell/me-context.tsx';
import { LadderSketch } from './ladder-sketch.tsx';
import { presetPath } from './preset-path.ts';

/** Every way in which videos can be encoded here: what is built in, and the workspaces' own. */
export function PresetsPage() {
  const trpc = useTRPC();
  const mayEdit = useMayAct('editor');
  const presets = useQuery(trpc.presets.list.queryOptions());
  const items = presets.data?.items ?? [];
  const own = items.filter(({ builtIn }) => !builtIn);
  return (
    <div className="flex max-w-[1120px] flex-col gap-10">
      <header className="flex flex-wrap items-start justify-between gap-4">
        <div className="flex flex-col gap-1">
          <h1 className="text-title font-medium">Presets</h1>
          <p className="max-w-[64ch] text-ink-2">
            A preset says into which sizes a video is made, and with how much care. Uploads are encoded with the one
            chosen beside the upload button.
          </p>
        </div>
        {mayEdit && (
          <Link
            href="/presets/new"
            className="inline-flex h-10 items-center rounded-control border border-line bg-raised px-4 hover:border-edge"
          >
            New preset
          </Link>
        )}
      </header>
      {presets.isPending && (
        <div aria-hidden="true" className="flex flex-col gap-px">
          {Array.from({ length: 4 }, (_, at) => (
            <Skeleton key={at} className="h-16" />
          ))}
        </div>
      )}
      {presets.isError && items.length === 0 && (
        <EmptyState
          title="The presets could not be loaded"
          action={<Button onClick={() => void presets.refetch()}>Try again</Button>}
        >
          {explain(presets.error).sentence}
        </EmptyState>
      )}
      {items.length > 0 && (
        <>
          <PresetList title="Yours" presets={own}>
            {mayEdit
              ? 'None yet. Open a built-in one and copy it: the copy is yours to change.'
              : 'None yet. An editor can make some.'}
          </PresetList>
          <PresetList title="Built in" presets={items.filter(({ builtIn }) => builtIn)} />
        </>
      )}
    </div>
  );
}

interface PresetListProps {
  readonly title: string;
  readonly presets: readonly PresetView[];
  /** What to say where there is none. */
  readonly children?: string;
}

function PresetList({ title, presets, children }: PresetListProps) {
  const workspaces = new Map(useMe()?.workspaces.map(({ id, name }) => [id, name]));
  return (
    <section aria-label={title}>
      <h2 className="pb-2 text-small font-medium text-ink-2">{title}</h2>
      {presets.length === 0 && <p className="border-y border-line py-4 text-ink-3">{children}</p>}
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {presets.map((preset) => (
          <li key={`${preset.name} ${preset.workspaceId}`}>
            <Link
              href={presetPath(preset)}
              className="flex flex-wrap items-center gap-x-6 gap-y-2 py-3 hover:bg-surface focus-visible:outline-offset-[-2px]"
            >
              <LadderSketch ladder={preset.ladder} />
              <span className="min-w-0 flex-1 basis-60">
                <span className="font-medium">{preset.title || preset.name}</span>{' '}
                <span className="font-mono text-small text-ink-3">{preset.name}</span>
                <span className="block text-small text-ink-2">{preset.description}</span>
              </span>
              <span className="text-small whitespace-nowrap text-ink-3">
                {counted(preset.ladder.length, 'rung')}
                {workspaces.size > 1 && preset.workspaceId !== null && ` · ${workspaces.get(preset.workspaceId) ?? ''}`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
