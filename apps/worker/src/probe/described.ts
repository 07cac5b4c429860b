import { TranscodeError, type Fraction } from '@transcode/contracts';
import * as z from 'zod';
import { parseFraction } from './parse-fraction.ts';

const Text = z.string().max(1000);
const SideData = z.looseObject({
  side_data_type: Text.optional(),
  displaymatrix: Text.optional(),
  dv_profile: z.number().optional(),
  crop_top: z.int().nonnegative().optional(),
  crop_bottom: z.int().nonnegative().optional(),
  crop_left: z.int().nonnegative().optional(),
  crop_right: z.int().nonnegative().optional(),
});

export type SideData = z.infer<typeof SideData>;

const colour = {
  color_range: Text.optional(),
  color_space: Text.optional(),
  color_transfer: Text.optional(),
  color_primaries: Text.optional(),
};

const COLOUR_FIELDS = 'color_range,color_space,color_transfer,color_primaries';

/** The fields of a stream that are asked for, and nothing else that a file may say of itself. */
export const STREAM_FIELDS = [
  'stream=index,id,codec_type,codec_name,codec_tag_string,profile,width,height,pix_fmt,sample_aspect_ratio,field_order,r_frame_rate',
  `avg_frame_rate,time_base,bit_rate,channels,channel_layout,sample_rate,${COLOUR_FIELDS}`,
]
  .join(',')
  .concat(
    ':stream_disposition=default,attached_pic,timed_thumbnails:stream_tags=language,title,filename,enc_key_id,alpha_mode,ALPHA_MODE',
  )
  .concat(':stream_side_data=side_data_type,displaymatrix,dv_profile,crop_top,crop_bottom,crop_left,crop_right');

/** Which streams belong together, in a broadcast of several programmes. */
export const PROGRAM_FIELDS = 'program=program_id:program_stream=index';

export const FRAME_FIELDS = [
  `frame=best_effort_timestamp,interlaced_frame,top_field_first,pix_fmt,${COLOUR_FIELDS}`,
  'frame_side_data=side_data_type,displaymatrix',
].join(':');

/** A stream as ffprobe describes it. */
export const DescribedStream = z.looseObject({
  index: z.int().nonnegative(),
  codec_type: Text.optional(),
  codec_name: Text.optional(),
  codec_tag_string: Text.optional(),
  /** As the container numbers it. */
  id: Text.optional(),
  profile: z.union([Text, z.number().transform(String)]).optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  pix_fmt: Text.optional(),
  sample_aspect_ratio: Text.optional(),
  field_order: Text.optional(),
  r_frame_rate: Text.optional(),
  avg_frame_rate: Text.optional(),
  time_base: Text,
  bit_rate: Text.optional(),
  channels: z.int().optional(),
  channel_layout: Text.optional(),
  sample_rate: Text.optional(),
  disposition: z.record(z.string(), z.number()).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  side_data_list: z.array(SideData).optional(),
  ...colour,
});
export type DescribedStream = z.infer<typeof DescribedStream>;

const DescribedProgram = z.looseObject({
  streams: z.array(z.looseObject({ index: z.int().nonnegative() })).default([]),
});

export const DescribedFile = z.looseObject({
  streams: z.array(DescribedStream).default([]),
  programs: z.array(DescribedProgram).default([]),
});

/** A decoded frame as ffprobe describes it. */
export const DescribedFrame = z.looseObject({
  best_effort_timestamp: z.number().optional(),
  interlaced_frame: z.number().optional(),
  top_field_first: z.number().optional(),
  pix_fmt: Text.optional(),
  side_data_list: z.array(SideData).optional(),
  ...colour,
});
export type DescribedFrame = z.infer<typeof DescribedFrame>;

export const DescribedFrames = z.looseObject({ frames: z.array(DescribedFrame).default([]) });

/** How long a tick of a stream's times is, in seconds. */
export function timeBaseOf(stream: DescribedStream | undefined): Fraction {
  const timeBase = parseFraction(stream?.time_base);
  if (timeBase === undefined) throw new TranscodeError('source_unreadable', { reason: 'its clock makes no sense' });
  return timeBase;
}
