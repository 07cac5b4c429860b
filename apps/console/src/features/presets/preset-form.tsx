'use client';
import { ENCODER_SPEEDS, type Preset, type PresetView } from '@transcode/contracts';
import { Button, Field, SelectField, Time } from '@transcode/ui';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { explain } from '../../lib/explain.ts';
import { FormError } from '../auth/form-error.tsx';
import { LadderFields } from './ladder-fields.tsx';
import { LadderPreview } from './ladder-preview.tsx';
import { firstError, type PresetDraft } from './preset-draft.ts';
import { useDraft } from './use-draft.ts';
import { useReader } from './use-reader.ts';

interface PresetFormProps {
  readonly initial: Preset | PresetView;
  /** Under which what is typed is kept until it is saved. */
  readonly draftKey: string;
  /** Uploads refer to a preset by its name: that of one that exists stays. */
  readonly fixedName: boolean;
  readonly submit: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onSubmit: (preset: Preset, form: FormData) => void;
  readonly onCancel: () => void;
  /** Fields that are not the preset's own. */
  readonly children?: ReactNode;
}

const NO_LINE =
  'What reads the form could not be loaded. Check your connection, then try again: what you typed is kept.';

/** A preset being made or changed, beside what the planner makes of it as it is typed. */
export function PresetForm(props: PresetFormProps) {
  const { initial, draftKey, fixedName, submit, busy, error, onSubmit, onCancel, children } = props;
  const { draft, setDraft, isChanged, found, isOutdated, giveUp } = useDraft(draftKey, initial);
  const { reader, load } = useReader();
  const [told, setTold] = useState(false);
  const [failure, setFailure] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const read = reader?.(draft);
  const preset = read === undefined && !isChanged ? initial : read?.preset;
  // The last that was whole is shown while something is wrong, and said to be that.
  const [shown, setShown] = useState<Preset>(initial);
  if (preset !== undefined && JSON.stringify(preset) !== JSON.stringify(shown)) setShown(preset);
  const errors = told && read !== undefined ? read.errors : {};
  // What was found again has been touched before.
  useEffect(() => {
    if (isChanged) void load();
    const element = form.current;
    const touch = () => void load();
    element?.addEventListener('focusin', touch, { once: true });
    return () => element?.removeEventListener('focusin', touch);
  }, [isChanged, load]);
  const set = (name: keyof PresetDraft) => (event: { target: { value: string } }) =>
    setDraft({ ...draft, [name]: event.target.value });
  const text = (name: 'name' | 'title' | 'description' | 'crf' | 'audioBitRate' | 'qualityFloor') => ({
    value: draft[name],
    onChange: set(name),
    error: errors[name] && `${errors[name]}.`,
    autoComplete: 'off',
  });
  const onFormSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const wanted = (reader ?? (await load()))?.(draft);
    setFailure(wanted === undefined ? NO_LINE : undefined);
    if (wanted === undefined) return;
    setTold(true);
    if (wanted.preset !== undefined) onSubmit(wanted.preset, data);
    else requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  return (
    <div className="grid max-w-[1680px] items-start gap-x-12 gap-y-6 lg:grid-cols-[minmax(0,560px)_minmax(0,1fr)]">
      <form ref={form} onSubmit={(event) => void onFormSubmit(event)} noValidate className="flex flex-col gap-6">
        {found !== undefined && isChanged && (
          <output className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-control border border-amber px-3 py-1.5 text-small">
            <span className="min-w-0 flex-1 basis-60">
              What you changed <Time at={new Date(found.at).toISOString()} /> is back, and not saved.
              {isOutdated && ' The preset itself was changed since: saving puts yours in its place.'}
            </span>
            <Button small kind="quiet" onClick={giveUp}>
              Discard it
            </Button>
          </output>
        )}
        <Field label="Title" {...text('title')} />
        {!fixedName && (
          <Field
            label="Name"
            {...text('name')}
            hint="How uploads and programs ask for it. It cannot be changed later"
          />
        )}
        <Field label="Description" {...text('description')} />
        {children}
        <LadderFields ladder={draft.ladder} errors={errors} onChange={(ladder) => setDraft({ ...draft, ladder })} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="Constant quality (CRF)"
            inputMode="decimal"
            {...text('crf')}
            hint="10 to 40; lower is better and larger. 21 is a good start"
          />
          <SelectField
            label="Encoder speed"
            value={draft.speed}
            onChange={set('speed')}
            hint="Slower is smaller at the same quality"
          >
            {ENCODER_SPEEDS.map((speed) => (
              <option key={speed} value={speed}>
                {speed}
              </option>
            ))}
          </SelectField>
          <Field label="Sound, kb/s" inputMode="numeric" {...text('audioBitRate')} hint="Each language, in stereo" />
          <Field
            label="Quality floor, VMAF"
            inputMode="decimal"
            {...text('qualityFloor')}
            hint="Below it nothing is published. Empty for none"
          />
        </div>
        <FormError sentence={failure ?? (error ? explain(error).sentence : undefined)} />
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" kind="primary" busy={busy}>
            {submit}
          </Button>
          <Button onClick={onCancel}>{isChanged ? 'Discard the changes' : 'Cancel'}</Button>
          {isChanged && <span className="text-small text-ink-3">Not saved yet; kept in this browser meanwhile.</span>}
        </div>
      </form>
      <div className="sticky top-0 z-10 order-first max-h-[40dvh] min-w-0 overflow-y-auto border-b border-line bg-ground py-2 lg:top-4 lg:order-none lg:max-h-[calc(100dvh-2rem)] lg:border-0 lg:py-0">
        <LadderPreview preset={shown} stale={read !== undefined ? firstError(read.errors) : undefined} />
      </div>
    </div>
  );
}
