import { useId, type ComponentProps } from 'react';
import { classNames } from './class-names.ts';

interface SelectFieldProps extends Omit<ComponentProps<'select'>, 'id'> {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  /** The label is told, not shown: in a bar of filters. */
  readonly bare?: boolean;
}

/** A labelled choice among a few; the browser's own list, so that it is right on every device. */
export function SelectField({ label, hint, error, bare = false, className, children, ...rest }: SelectFieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={classNames('flex flex-col gap-1', className)}>
      <label htmlFor={id} className={bare ? 'sr-only' : 'text-small font-medium text-ink-2'}>
        {label}
      </label>
      <select
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        {...rest}
        className={classNames(
          'w-full rounded-control border bg-raised px-2 text-ink',
          bare ? 'h-8 text-small' : 'h-10 text-body',
          error ? 'border-red' : 'border-edge',
        )}
      >
        {children}
      </select>
      {note && (
        <p id={`${id}-note`} className={classNames('text-small', error ? 'text-red' : 'text-ink-3')}>
          {note}
        </p>
      )}
    </div>
  );
}
