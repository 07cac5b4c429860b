const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Three significant digits at most: `999 B`, `1.4 GB`, `23.1 MB`, `512 MB`. Decimal units, as disks and networks count. */
export function formatBytes(bytes: number): string {
  return scaled(bytes, UNITS);
}

/** Bytes per second. */
export function formatByteRate(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** Bits per second: `365 kb/s`, `3.2 Mb/s`. */
export function formatBitRate(bitsPerSecond: number): string {
  return scaled(bitsPerSecond, ['b/s', 'kb/s', 'Mb/s', 'Gb/s']);
}

/** The whole number with thousands apart, for titles shown on hover. */
export function formatExact(value: number, unit: string): string {
  return `${Math.round(value).toLocaleString('en')} ${unit}`;
}

function scaled(value: number, units: readonly string[]): string {
  let rest = Math.max(0, value);
  let unit = 0;
  // 999.5 would print as 1000 of the smaller unit.
  while (rest >= 999.5 && unit < units.length - 1) {
    rest /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || rest >= 99.95 ? 0 : 1;
  return `${rest.toFixed(digits)} ${units[unit]}`;
}
