/** How every ffmpeg of ours starts. CPU time comes at the end of stderr, progress on its own pipe. */
export function processArgv(progress: string): string[] {
  return [
    ...['-nostdin', '-hide_banner', '-y', '-loglevel', 'level+info', '-benchmark', '-nostats'],
    ...['-stats_period', '0.25', '-progress', progress],
  ];
}
