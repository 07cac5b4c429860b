import { useId, type ComponentProps } from 'react';
import { classNames } from './class-names.ts';

interface FieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

/** A labelled input; hint and error are told to who cannot see them, too. */
export function Field({ label, hint, error, className, ...rest }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={classNames('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="text-small font-medium text-ink-2">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        {...rest}
        className={classNames(
          'h-10 w-full rounded-control border bg-raised px-3 text-body text-ink placeholder:text-ink-3',
          error ? 'border-red' : 'border-edge',
        )}
      />
      {note && (
        <p id={`${id}-note`} className={classNames('text-small', error ? 'text-red' : 'text-ink-3')}>
          {note}
        </p>
      )}
    </div>
  );
}
