interface ChartTipProps {
  readonly title: string;
  readonly rows: readonly { readonly words: string; readonly value: number | null | undefined }[];
  readonly format: (value: number) => string;
}

/** What a chart says at the pointer. */
export function ChartTip({ title, rows, format }: ChartTipProps) {
  return (
    <div className="rounded-control border border-line bg-raised px-3 py-2 text-small shadow-float">
      <div className="text-ink-3">{title}</div>
      {rows.map(({ words, value }) => (
        <div key={words} className="flex justify-between gap-6">
          <span>{words}</span>
          <span className="tabular-nums">{value === null || value === undefined ? 'not told' : format(value)}</span>
        </div>
      ))}
    </div>
  );
}
