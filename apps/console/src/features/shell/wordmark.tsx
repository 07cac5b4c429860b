/** Three pieces of a strip: done, in work, waiting. Compact, a phone shows them without the name. */
export function Wordmark({ compact = false }: { compact?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2.5 font-bold whitespace-nowrap tracking-[-0.01em]">
      <svg viewBox="0 0 22 16" aria-hidden="true" className="h-4 w-[22px]">
        <rect x="0" y="1" width="6" height="14" className="fill-ink" />
        <rect x="8" y="1" width="6" height="14" className="fill-accent" />
        <rect x="16.75" y="1.75" width="4.5" height="12.5" className="fill-none stroke-ink" strokeWidth="1.5" />
      </svg>
      <span className={compact ? 'hidden sm:inline' : undefined}>Transcode</span>
    </span>
  );
}
