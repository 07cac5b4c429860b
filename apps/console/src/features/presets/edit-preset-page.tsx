'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { PresetView } from '@transcode/contracts';
import { useRouter } from 'next/navigation';
import { useTRPC } from '../../lib/trpc.ts';
import { ForRole } from '../shell/for-role.tsx';
import { useMe } from '../shell/me-context.tsx';
import { draftKey, dropDraft } from './kept-draft.ts';
import { OnePreset } from './one-preset.tsx';
import { PresetForm } from './preset-form.tsx';
import { presetPath } from './preset-path.ts';

export function EditPresetPage({ name }: { name: string }) {
  return (
    <ForRole role="editor">
      <OnePreset name={name}>{(preset) => <EditPreset preset={preset} />}</OnePreset>
    </ForRole>
  );
}

function EditPreset({ preset }: { preset: PresetView }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const { workspaceId } = preset;
  const key = draftKey(useMe()?.user?.id, presetPath(preset, '/edit'));
  const update = useMutation(
    trpc.presets.update.mutationOptions({
      onSuccess: async () => {
        dropDraft(key);
        await queries.invalidateQueries({ queryKey: trpc.presets.pathKey() });
        router.push(presetPath(preset));
      },
    }),
  );
  return (
    <>
      <h1 className="pb-1 text-title font-medium">Edit {preset.title || preset.name}</h1>
      <p className="pb-8 text-small text-ink-3">
        Videos that are made, and work that has begun, stay as they are: a change holds for what is uploaded from now
        on.
      </p>
      <PresetForm
        initial={preset}
        draftKey={key}
        fixedName
        submit="Save the preset"
        busy={update.isPending}
        error={update.error}
        onSubmit={(changed) => update.mutate({ ...changed, ...(workspaceId !== null && { workspaceId }) })}
        onCancel={() => {
          dropDraft(key);
          router.push(presetPath(preset));
        }}
      />
    </>
  );
}
