/** Bits and seconds of something that is fetched and played as one. */
export interface MeasuredSpan {
  readonly bytes: number;
  readonly ticks: number;
}

export interface BitRates {
  readonly bytes: number;
  /** Bits per second, rounded up, over the whole. */
  readonly average: number;
  /**
   * The highest of any single segment. No run of segments can be above its highest, so this also covers the peak of RFC 8216,
   * which looks at runs of half to one and a half target durations.
   */
  readonly peak: number;
}

export function measureBitRates(spans: readonly MeasuredSpan[], timescale: number): BitRates {
  const bytes = spans.reduce((sum, span) => sum + span.bytes, 0);
  const ticks = spans.reduce((sum, span) => sum + span.ticks, 0);
  const rate = (span: MeasuredSpan): number => Math.ceil((span.bytes * 8 * timescale) / span.ticks);
  return { bytes, average: rate({ bytes, ticks }), peak: spans.reduce((peak, span) => Math.max(peak, rate(span)), 0) };
}
