import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';

const KINDS = {
  primary: 'bg-accent text-on-accent hover:brightness-110 border-transparent font-medium',
  plain: 'bg-raised text-ink border-line hover:border-edge',
  quiet: 'bg-transparent text-ink-2 border-transparent hover:bg-raised hover:text-ink',
  danger: 'bg-red text-on-red hover:brightness-110 border-transparent font-medium',
} as const;

interface ButtonProps extends ComponentProps<'button'> {
  readonly kind?: keyof typeof KINDS;
  readonly icon?: IconName;
  /** 32 px high in rows and bars, 40 px elsewhere; 24 px targets are never made. */
  readonly small?: boolean;
  /** Work is under way: the button stays where it is and cannot be pressed again. */
  readonly busy?: boolean;
}

/** A button says what it does with a verb. One that shows an icon alone needs an `aria-label`. */
export function Button({
  kind = 'plain',
  icon,
  small = false,
  busy = false,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      aria-busy={busy || undefined}
      {...rest}
      disabled={rest.disabled ?? busy}
      className={classNames(look({ kind, small, children }), 'disabled:opacity-55', className)}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

interface LinkButtonProps extends ComponentProps<'a'> {
  readonly icon?: IconName;
}

/** A link that looks like a button: what it does is to fetch something. */
export function LinkButton({ icon, className, children, ...rest }: LinkButtonProps) {
  return (
    <a {...rest} className={classNames(look({ kind: 'plain', small: true, children }), className)}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}

interface Look {
  readonly kind: keyof typeof KINDS;
  readonly small: boolean;
  readonly children: ReactNode;
}

function look({ kind, small, children }: Look): string {
  return classNames(
    'inline-flex items-center justify-center gap-2 rounded-control border whitespace-nowrap transition-colors',
    small ? 'h-8 text-small' : 'h-10 text-body',
    children ? (small ? 'px-3' : 'px-4') : small ? 'w-8' : 'w-10',
    KINDS[kind],
  );
}
