/** What the jobs of the benchmark are made of. */
export const PRESETS = ['web', 'preview', 'archive', 'nobody uses this'] as const;
export const CAUSES = [
  'source_unreadable',
  'encode_failed',
  'worker_died',
  'verify_failed',
  'source_codec_unknown',
  'scratch_exceeded',
] as const;
/** Each is in every twentieth title. */
export const WORDS = [
  ...['Harbour', 'Dunes', 'Ferry', 'Aurora', 'Tide', 'Pilot', 'Ridge', 'Lantern', 'Orchard', 'Quarry'],
  ...['Meadow', 'Granite', 'Delta', 'Cinder', 'Willow', 'Marble', 'Beacon', 'Canyon', 'Thistle', 'Ember'],
] as const;
/** What a number in a title counts. */
export const COUNTED = ['take', 'clip', 'scene', 'reel', 'shot', 'part', 'episode', 'lesson', 'roll', 'cut'] as const;
