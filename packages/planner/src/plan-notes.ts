import { SOURCE_LIMITS, type Grid, type Preset, type Probe, type VideoRendition } from '@transcode/contracts';
import { toNumber } from './fraction.ts';

interface Decided {
  readonly probe: Probe;
  readonly preset: Preset;
  readonly grid: Grid;
  readonly video: readonly VideoRendition[];
}

/** What was decided that a person may wonder about, one sentence each. */
export function planNotes(decided: Decided): string[] {
  return [...rateNotes(decided), ...pictureNotes(decided), ...soundNotes(decided), ...decided.probe.warnings];
}

function rateNotes({ probe: { video }, grid }: Decided): string[] {
  const rate = decimals(toNumber(grid.rate));
  const source = decimals(toNumber(video.rate));
  if (video.rateKind === 'variable') {
    return [`The source has a variable frame rate averaging ${source}; the video is published at ${rate} frames/s.`];
  }
  return source === rate ? [] : [`The source has ${source} frames/s; the video is published at ${rate} frames/s.`];
}

function pictureNotes({ probe, preset, grid, video: [top] }: Decided): string[] {
  const { video } = probe;
  const notes: string[] = [];
  const size = `${video.displayWidth}x${video.displayHeight}`;
  const highest = Math.max(...preset.ladder.map((rung) => rung.height));
  if (top && Math.min(top.width, top.height) < highest) {
    notes.push(`The ladder ends at ${top.width}x${top.height}: the source has ${size}, and nothing is made larger.`);
  }
  if (video.sampleAspect.num !== video.sampleAspect.den) {
    notes.push(`The source's pixels are not square; the picture is published as ${size} of square ones.`);
  }
  if (video.rotation !== 0 || video.mirrored) notes.push('The picture is turned upright as the source says.');
  if (video.scan !== 'progressive') {
    notes.push(
      `The source is interlaced, ${video.scan === 'tff' ? 'top' : 'bottom'} field first, and is deinterlaced.`,
    );
  }
  if (video.hasAlpha) notes.push('Transparent parts of the picture are shown over black.');
  if (video.dynamicRange !== 'sdr') {
    notes.push(`The source is ${video.dynamicRange === 'hlg' ? 'HLG' : 'HDR10'} and is tone-mapped to BT.709.`);
  }
  if (grid.zeroSeconds < video.startSeconds) {
    const lead = decimals(video.startSeconds - grid.zeroSeconds);
    notes.push(`The sound starts ${lead} s before the picture; the first picture is held for it.`);
  }
  return notes;
}

function soundNotes({ probe: { audio }, grid }: Decided): string[] {
  if (audio.length === 0) return ['The source has no sound.'];
  const notes: string[] = [];
  const end = grid.zeroSeconds + grid.frames / toNumber(grid.rate);
  for (const stream of audio.slice(0, SOURCE_LIMITS.audioStreams)) {
    const name = audio.length === 1 ? 'The sound' : `The sound of stream ${stream.index}`;
    const late = stream.startSeconds - grid.zeroSeconds;
    if (late > 0.5) notes.push(`${name} starts ${decimals(late)} s after the picture; silence comes before it.`);
    const longer = stream.endSeconds - end;
    if (longer > 0.5) notes.push(`${name} runs ${decimals(longer)} s longer than the picture and is kept.`);
    if (stream.channels > 2) notes.push(`${name} has ${stream.channels} channels and is mixed down to stereo.`);
  }
  return notes;
}

function decimals(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
