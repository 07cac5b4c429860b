/** What every output of ours has: nothing of the source's metadata, and fragmented MP4 without edit lists or a trailer. */
export const PLAIN_OUTPUT: readonly string[] = [
  ...['-map_metadata', '-1', '-map_chapters', '-1', '-fflags', '+bitexact', '-flags', '+bitexact'],
  ...['-write_tmcd', '0', '-max_muxing_queue_size', '4096', '-f', 'mp4'],
];

export const FRAGMENTED = '+cmaf+empty_moov+default_base_moof+negative_cts_offsets+skip_trailer';
