/** However much of a source cannot be decoded: what came of the rest is counted by us, and told in a better sentence. */
export const ANY_DAMAGE = ['-max_error_rate', '1'] as const;

/** How every ffmpeg of ours starts. CPU time comes at the end of stderr, progress on its own pipe. */
export function processArgv(progress: string): string[] {
  return [
    ...['-nostdin', '-hide_banner', '-y', '-loglevel', 'level+info', '-benchmark', '-nostats'],
    ...['-stats_period', '0.25', '-progress', progress],
    ...ANY_DAMAGE,
  ];
}
