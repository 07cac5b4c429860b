'use client';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';

interface MenuProps {
  /** What the button that opens it is called; shown unless `trigger` is given. */
  readonly label: string;
  readonly trigger?: ReactNode;
  readonly triggerClassName?: string;
  readonly side?: 'below' | 'above';
  readonly align?: 'start' | 'end';
  /** Its `MenuGroup`s stand side by side where there is room. */
  readonly columns?: boolean;
  readonly children: ReactNode;
}

/**
 * A button with a menu of `MenuItem`s. Up and down move through them, left and right from one `MenuGroup` to the next; Escape closes,
 * and focus goes back to the button.
 */
export function Menu({
  label,
  trigger,
  triggerClassName,
  side = 'below',
  align = 'end',
  columns = false,
  children,
}: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return undefined;
    itemsOf(root.current)[0]?.focus();
    const closeOutside = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [open]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    if (event.key === 'Tab') setOpen(false);
    const items = itemsOf(root.current);
    const next = nextItem(items, items.indexOf(document.activeElement as HTMLElement), event.key);
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  };

  return (
    <div ref={root} className="relative">
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={trigger ? label : undefined}
        title={trigger ? label : undefined}
        onClick={() => setOpen(!open)}
        className={
          triggerClassName ??
          'inline-flex h-8 items-center gap-2 rounded-control border border-transparent px-2 text-small whitespace-nowrap text-ink-2 hover:bg-raised hover:text-ink'
        }
      >
        {trigger ?? (
          <>
            {label}
            <Icon name="chevron" className="size-3" />
          </>
        )}
      </button>
      {open && (
        // The items are the controls; the menu only listens to the keys that bubble from them.
        <div
          id={id}
          role="menu"
          tabIndex={-1}
          aria-label={label}
          onKeyDown={onKeyDown}
          onClick={close}
          className={classNames(
            'absolute z-30 flex max-h-[70dvh] min-w-52 flex-col overflow-y-auto rounded-panel border border-line bg-raised p-1 shadow-float',
            columns && 'sm:flex-row sm:gap-2',
            side === 'below' ? 'top-full mt-1' : 'bottom-full mb-1',
            align === 'end' ? 'right-0' : 'left-0',
          )}
        >
          {children}
        </div>
      )}
    </div>
  );
}

interface MenuItemProps {
  readonly children: ReactNode;
  readonly onSelect?: () => void;
  readonly href?: string;
  /** Given on items that are a choice among others. */
  readonly checked?: boolean;
  readonly danger?: boolean;
}

export function MenuItem({ children, onSelect, href, checked, danger = false }: MenuItemProps) {
  const className = classNames(
    'flex min-h-9 w-full items-center gap-2 rounded-control px-3 text-left text-small hover:bg-line/60 focus-visible:outline-offset-[-2px]',
    danger ? 'text-red' : 'text-ink',
  );
  const content = (
    <>
      {checked !== undefined && <Icon name="check" className={classNames('size-4', !checked && 'invisible')} />}
      {children}
    </>
  );
  if (href !== undefined) {
    return (
      <a role="menuitem" tabIndex={-1} href={href} className={className}>
        {content}
      </a>
    );
  }
  const role = checked === undefined ? 'menuitem' : 'menuitemradio';
  return (
    <button type="button" role={role} aria-checked={checked} tabIndex={-1} onClick={onSelect} className={className}>
      {content}
    </button>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className="px-3 pt-2 pb-1 text-small text-ink-3">{children}</div>;
}

/** Choices that belong together, under their name. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="flex min-w-40 flex-col">
      <legend className="px-3 pt-2 pb-1 text-small text-ink-3">{label}</legend>
      {children}
    </fieldset>
  );
}

function nextItem(items: readonly HTMLElement[], at: number, key: string): HTMLElement | undefined {
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (step !== undefined) return items.at((at + step) % items.length);
  const aside = { ArrowRight: 1, ArrowLeft: -1 }[key];
  const groups = [...new Set(items.map((item) => item.closest('fieldset')))];
  if (aside === undefined || groups.length < 2) return undefined;
  const group = groups.at((groups.indexOf(items[at]?.closest('fieldset') ?? null) + aside) % groups.length);
  const inIt = items.filter((item) => group?.contains(item) === true);
  return inIt.find((item) => item.getAttribute('aria-checked') === 'true') ?? inIt[0];
}

function itemsOf(root: HTMLElement | null): HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
}
