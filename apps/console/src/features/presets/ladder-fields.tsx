'use client';
import { Button } from '@transcode/ui';
import { useId } from 'react';
import type { DraftErrors, DraftRung } from './preset-draft.ts';

const MOST_RUNGS = 12;

interface LadderFieldsProps {
  readonly ladder: readonly DraftRung[];
  readonly errors: DraftErrors;
  readonly onChange: (ladder: readonly DraftRung[]) => void;
}

/** The rungs as rows: lines, and the bit rate that they cost at most. */
export function LadderFields({ ladder, errors, onChange }: LadderFieldsProps) {
  const change = (key: number, changed: Partial<DraftRung>) =>
    onChange(ladder.map((rung) => (rung.key === key ? { ...rung, ...changed } : rung)));
  const add = () => {
    const key = Math.max(-1, ...ladder.map((rung) => rung.key)) + 1;
    onChange([...ladder, { key, height: '', bitRate: '' }]);
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-2 font-medium">Ladder</legend>
      <p className="max-w-[64ch] text-small text-ink-3">
        One rendition for each rung. A source is never made larger: of a smaller one, the rungs above it are left out.
      </p>
      <div aria-hidden="true" className="grid grid-cols-[1fr_1fr_32px] gap-2 text-small text-ink-2">
        <span>Lines of the short side</span>
        <span>At most, kb/s on average</span>
      </div>
      {ladder.map(({ key, height, bitRate }, at) => (
        <div key={key} className="grid grid-cols-[1fr_1fr_32px] items-start gap-2">
          <Figure
            label={`Lines of rung ${at + 1}`}
            value={height}
            error={errors[`ladder.${at}.height`]}
            onChange={(value) => change(key, { height: value })}
          />
          <Figure
            label={`Bit rate of rung ${at + 1} in kb/s`}
            value={bitRate}
            error={errors[`ladder.${at}.bitRate`]}
            onChange={(value) => change(key, { bitRate: value })}
          />
          <Button
            small
            kind="quiet"
            icon="close"
            aria-label={`Remove rung ${at + 1}`}
            className="mt-1"
            onClick={() => onChange(ladder.filter((rung) => rung.key !== key))}
          />
        </div>
      ))}
      {errors['ladder'] && (
        <p role="alert" className="text-small text-red">
          {errors['ladder']}.
        </p>
      )}
      {ladder.length < MOST_RUNGS && (
        <Button small className="self-start" onClick={add}>
          Add a rung
        </Button>
      )}
    </fieldset>
  );
}

interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

function Figure({ label, value, error, onChange }: FigureProps) {
  const id = useId();
  return (
    <div>
      <input
        inputMode="numeric"
        autoComplete="off"
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? id : undefined}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`h-10 w-full rounded-control border bg-raised px-3 text-right ${error ? 'border-red' : 'border-edge'}`}
      />
      {error && (
        <p id={id} className="text-small text-red">
          {error}.
        </p>
      )}
    </div>
  );
}
