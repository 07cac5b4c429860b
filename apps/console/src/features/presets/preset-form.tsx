'use client';
import { Preset, type PresetView } from '@transcode/contracts';
import { Button, Field, SelectField } from '@transcode/ui';
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { explain } from '../../lib/explain.ts';
import { FormError } from '../auth/form-error.tsx';
import { LadderFields } from './ladder-fields.tsx';
import { LadderPreview } from './ladder-preview.tsx';
import { draftOf, readDraft, type PresetDraft } from './preset-draft.ts';

interface PresetFormProps {
  readonly initial: Preset | PresetView;
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

/** A preset being made or changed, beside what the planner makes of it as it is typed. */
export function PresetForm(props: PresetFormProps) {
  const { initial, fixedName, submit, busy, error, onSubmit, onCancel, children } = props;
  const [draft, setDraft] = useState(() => draftOf(initial));
  const [told, setTold] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { preset, errors: found } = readDraft(draft);
  // The last that was whole is shown while something is half typed.
  const [shown, setShown] = useState<Preset>(preset ?? initial);
  if (preset !== undefined && JSON.stringify(preset) !== JSON.stringify(shown)) setShown(preset);
  const errors = told ? found : {};
  const set = (name: keyof PresetDraft) => (event: { target: { value: string } }) =>
    setDraft({ ...draft, [name]: event.target.value });
  const text = (name: 'name' | 'title' | 'description' | 'crf' | 'audioBitRate' | 'qualityFloor') => ({
    value: draft[name],
    onChange: set(name),
    error: errors[name] && `${errors[name]}.`,
    autoComplete: 'off',
  });
  const onFormSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTold(true);
    if (preset !== undefined) onSubmit(preset, new FormData(event.currentTarget));
    else requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  return (
    <div className="grid max-w-[1280px] items-start gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,560px)_minmax(0,1fr)]">
      <form ref={form} onSubmit={onFormSubmit} noValidate className="flex flex-col gap-6">
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
            {Preset.shape.speed.options.map((speed) => (
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
        <FormError sentence={error ? explain(error).sentence : undefined} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" kind="primary" busy={busy}>
            {submit}
          </Button>
          <Button onClick={onCancel}>Cancel</Button>
        </div>
      </form>
      <div className="min-w-0 lg:sticky lg:top-4">
        <LadderPreview preset={shown} />
      </div>
    </div>
  );
}
