'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { BUILT_IN_PRESETS, DEFAULT_PRESET, type PresetView } from '@transcode/contracts';
import { SelectField } from '@transcode/ui';
import { useRouter, useSearchParams } from 'next/navigation';
import { formText } from '../../lib/form-text.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { ForRole } from '../shell/for-role.tsx';
import { useMe } from '../shell/me-context.tsx';
import { draftKey, dropDraft } from './kept-draft.ts';
import { OnePreset } from './one-preset.tsx';
import { PresetForm } from './preset-form.tsx';
import { presetPath } from './preset-path.ts';

/** A preset of one's own, begun as a copy: of the one in the address, else of the usual one. */
export function NewPresetPage() {
  const from = useSearchParams().get('copy') ?? DEFAULT_PRESET;
  return (
    <ForRole role="editor">
      <OnePreset name={from}>{(preset) => <NewPreset from={preset} />}</OnePreset>
    </ForRole>
  );
}

function NewPreset({ from }: { from: PresetView }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const me = useMe();
  const workspaces = me?.workspaces ?? [];
  const key = draftKey(me?.user?.id, `new from ${presetPath(from)}`);
  const create = useMutation(
    trpc.presets.create.mutationOptions({
      onSuccess: async (made) => {
        dropDraft(key);
        await queries.invalidateQueries({ queryKey: trpc.presets.pathKey() });
        router.push(presetPath(made));
      },
    }),
  );
  return (
    <>
      <h1 className="pb-1 text-title font-medium">New preset</h1>
      <p className="pb-8 text-small text-ink-3">It begins as a copy of {from.title || from.name}.</p>
      <PresetForm
        initial={{ ...from, name: copyName(from.name), title: `${from.title || from.name}, copy` }}
        draftKey={key}
        fixedName={false}
        submit="Make the preset"
        busy={create.isPending}
        error={create.error}
        onSubmit={(preset, form) => {
          const workspaceId = formText(form, 'workspace');
          create.mutate({ ...preset, ...(workspaceId !== '' && { workspaceId }) });
        }}
        onCancel={() => {
          dropDraft(key);
          router.push('/presets');
        }}
      >
        {workspaces.length > 1 && (
          <SelectField label="Workspace" name="workspace" hint="Whose members may use it">
            {workspaces.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
      </PresetForm>
    </>
  );
}

function copyName(name: string): string {
  const isBuiltIn = BUILT_IN_PRESETS.some((preset) => preset.name === name);
  return `${isBuiltIn ? 'our-' : ''}${name}${isBuiltIn ? '' : '-2'}`.slice(0, 63);
}
