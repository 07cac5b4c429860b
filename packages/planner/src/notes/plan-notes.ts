import type { Grid, Preset, Probe, VideoRendition } from '@transcode/contracts';
import { colourNotes } from './colour-notes.ts';
import { toNumber } from '../fraction.ts';
import { joinChannels } from '../sound/join-channels.ts';
import { leftOutNotes } from './left-out-notes.ts';

interface Decided {
  readonly probe: Probe;
  readonly preset: Preset;
  readonly grid: Grid;
  readonly video: readonly VideoRendition[];
}

/** What was decided that a person may wonder about, one sentence each. */
export function planNotes(decided: Decided): string[] {
  const { probe } = decided;
  return [
    ...[...rateNotes(decided), ...pictureNotes(decided), ...soundNotes(decided)],
    ...[...leftOutNotes(probe), ...probe.warnings],
  ];
}

function rateNotes({ probe: { video, clock }, grid }: Decided): string[] {
  const jumps = Math.max(
    0,
    ...(clock ?? []).map((stream) => stream.jumps.filter(({ fromPacket }) => fromPacket > 0).length),
  );
  const joined =
    jumps === 0
      ? []
      : [
          `The source's clock jumps in ${jumps === 1 ? 'one place' : `${jumps} places`}; its parts follow each other without a gap.`,
        ];
  const rate = decimals(toNumber(grid.rate));
  const source = decimals(toNumber(video.rate));
  if (video.rateKind === 'variable') {
    return [
      ...joined,
      `The source has a variable frame rate averaging ${source}; the video is published at ${rate} frames/s.`,
    ];
  }
  return source === rate
    ? joined
    : [...joined, `The source has ${source} frames/s; the video is published at ${rate} frames/s.`];
}

function pictureNotes({ probe, preset, grid, video: [top] }: Decided): string[] {
  const { video } = probe;
  const notes: string[] = [];
  const size = `${video.displayWidth}x${video.displayHeight}`;
  const highest = Math.max(...preset.ladder.map((rung) => rung.height));
  if (top && Math.min(top.width, top.height) < highest) {
    notes.push(`The ladder ends at ${top.width}x${top.height}: the source has ${size}, and nothing is made larger.`);
  }
  if ((video.shapes?.length ?? 0) > 1) {
    notes.push(
      `The picture changes its size or shape in the middle; every part is shown whole within ${size}, the largest, with bars where it does not fill that.`,
    );
  } else if (video.sampleAspect.num !== video.sampleAspect.den) {
    notes.push(`The source's pixels are not square; the picture is published as ${size} of square ones.`);
  }
  if (video.rotation !== 0 || video.mirrored) notes.push('The picture is turned upright as the source says.');
  if (video.scan !== 'progressive') {
    notes.push(
      `The source is interlaced, ${video.scan === 'tff' ? 'top' : 'bottom'} field first, and is deinterlaced.`,
    );
  }
  if (video.blankLines !== undefined) {
    notes.push(`The ${video.blankLines} lines above the picture, which carry data of the broadcast, are cut off.`);
  }
  if (video.hasAlpha) notes.push('Transparent parts of the picture are shown over black.');
  if (video.dynamicRange !== 'sdr') {
    notes.push(`The source is ${video.dynamicRange === 'hlg' ? 'HLG' : 'HDR10'} and is tone-mapped to BT.709.`);
  }
  notes.push(...colourNotes(video));
  if (video.startSeconds - grid.zeroSeconds > 0.5 / toNumber(grid.rate)) {
    const lead = decimals(video.startSeconds - grid.zeroSeconds);
    notes.push(`The sound starts ${lead} s before the picture; the first picture is held for it.`);
  }
  return notes;
}

function soundNotes({ probe: { audio }, grid }: Decided): string[] {
  if (audio.length === 0) return ['The video has no sound.'];
  const notes: string[] = [];
  const end = grid.zeroSeconds + (grid.pictureFrames ?? grid.frames) / toNumber(grid.rate);
  const groups = joinChannels(audio);
  for (const { streams, joined } of groups) {
    const [stream] = streams;
    const name = groups.length === 1 ? 'The sound' : `The sound of stream ${stream.index}`;
    const late = stream.startSeconds - grid.zeroSeconds;
    if (late > 0.5) notes.push(`${name} starts ${decimals(late)} s after the picture; silence comes before it.`);
    const longer = stream.endSeconds - end;
    if (longer > 0.5)
      notes.push(`${name} runs ${decimals(longer)} s longer than the picture, whose last frame is held for it.`);
    if (stream.channels > 2) notes.push(`${name} has ${stream.channels} channels and is mixed down to stereo.`);
    if (stream.isCounted === true) {
      notes.push(`${name} has timestamps that make no sense; it is published as its samples follow one another.`);
    }
    if (joined !== undefined) {
      const channels = streams.map(({ index }, position) => `${index} (${joined.channels[position]})`).join(', ');
      const mixed = streams.length > 2 ? `${joined.layout} and mixed down to stereo` : 'stereo';
      notes.push(`Streams ${channels} are the channels of one sound, and are joined to ${mixed}.`);
    }
  }
  return notes;
}

function decimals(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
