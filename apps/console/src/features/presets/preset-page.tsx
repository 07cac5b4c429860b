'use client';
import type { PresetView } from '@transcode/contracts';
import { Button, Icon } from '@transcode/ui';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useMayAct } from '../shell/me-context.tsx';
import { patiently } from '../shell/patiently.ts';
import { LadderPreview } from './ladder-preview.tsx';
import { OnePreset } from './one-preset.tsx';
import { PresetFacts } from './preset-facts.tsx';
import { presetPath } from './preset-path.ts';

/** Comes with the question. */
const DeletePresetDialog = dynamic(() =>
  patiently(() => import('./delete-preset-dialog.tsx')).then((module) => module.DeletePresetDialog),
);

export function PresetPage({ name }: { name: string }) {
  return <OnePreset name={name}>{(preset) => <PresetDetail preset={preset} />}</OnePreset>;
}

function PresetDetail({ preset }: { preset: PresetView }) {
  const router = useRouter();
  const mayEdit = useMayAct('editor');
  const [asks, setAsks] = useState<boolean>();
  const { name, title, description, builtIn, workspaceId } = preset;
  const copyFrom = new URLSearchParams({ copy: name, ...(workspaceId !== null && { workspace: workspaceId }) });
  return (
    <>
      <title>{`${title || name} · Transcode`}</title>
      <header className="flex flex-wrap items-start gap-x-3 gap-y-3 pb-8">
        <Link
          href="/presets"
          aria-label="Back to all presets"
          className="-ml-2 inline-flex size-10 shrink-0 items-center justify-center rounded-control text-ink-2 hover:bg-raised hover:text-ink"
        >
          <Icon name="back" />
        </Link>
        <div className="min-w-0 flex-1 basis-60">
          <h1 className="text-title font-medium">{title || name}</h1>
          <p className="text-small text-ink-3">
            <span className="font-mono">{name}</span> · {builtIn ? 'built in, the same everywhere' : 'yours'}
          </p>
        </div>
        {mayEdit && (
          <div className="flex flex-wrap gap-2">
            <Button small icon="copy" onClick={() => router.push(`/presets/new?${copyFrom}`)}>
              Copy
            </Button>
            {!builtIn && (
              <>
                <Button small icon="edit" onClick={() => router.push(presetPath(preset, '/edit'))}>
                  Edit
                </Button>
                <Button small icon="trash" onClick={() => setAsks(true)}>
                  Delete
                </Button>
              </>
            )}
          </div>
        )}
      </header>
      <div className="grid max-w-[1280px] items-start gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_minmax(320px,24vw)]">
        <LadderPreview preset={preset} />
        <div className="flex min-w-0 flex-col gap-10">
          {description !== '' && <p className="text-ink-2">{description}</p>}
          <PresetFacts preset={preset} />
        </div>
      </div>
      {asks !== undefined && (
        <DeletePresetDialog
          preset={preset}
          open={asks}
          onClose={() => setAsks(false)}
          onDeleted={() => router.push('/presets')}
        />
      )}
    </>
  );
}
