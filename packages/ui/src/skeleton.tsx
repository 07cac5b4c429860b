import { classNames } from './class-names.ts';

/** The shape of what is on its way. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" data-loading className={classNames('rounded-picture bg-line/60', className)} />;
}
