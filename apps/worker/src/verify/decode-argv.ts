/** How a published rendition is decoded when every error counts. */
export function decodeArgv(progress: string): string[] {
  return [
    ...['-nostdin', '-hide_banner', '-loglevel', 'level+error', '-nostats', '-stats_period', '0.25'],
    ...['-progress', progress, '-xerror', '-err_detect', 'explode'],
    ...['-protocol_whitelist', 'pipe', '-f', 'mov', '-i', 'pipe:0'],
  ];
}
