import type { Publication, PublishedAudio, PublishedVideo } from '../published-rendition.ts';
import { element } from './xml.ts';

/** `manifest.mpd`: the same segments for DASH, listed one by one, since chunks and claims are part of their names. */
export function dashManifest(publication: Publication): string {
  const duration = `PT${publishedSeconds(publication).toFixed(3)}S`;
  const longest = Math.max(
    ...publication.video.flatMap(({ segments, timescale }) => segments.map(({ ticks }) => ticks / timescale)),
  );
  const period = element('Period', { id: '0', start: 'PT0S', duration }, [
    videoSet(publication),
    ...publication.audio.map((rendition, index) => audioSet(rendition, index + 1)),
  ]);
  const mpd = element(
    'MPD',
    {
      xmlns: 'urn:mpeg:dash:schema:mpd:2011',
      profiles: 'urn:mpeg:dash:profile:isoff-main:2011',
      type: 'static',
      mediaPresentationDuration: duration,
      maxSegmentDuration: `PT${longest.toFixed(3)}S`,
      minBufferTime: 'PT6S',
    },
    [period],
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${mpd}\n`;
}

/** The end of the longest rendition. */
export function publishedSeconds({ video, audio }: Publication): number {
  return Math.max(
    ...[...video, ...audio].map(({ segments, timescale }) => {
      const last = segments.at(-1);
      return last === undefined ? 0 : (last.tick + last.ticks) / timescale;
    }),
  );
}

function videoSet({ plan, video }: Publication): string {
  const frameRate = plan.grid.rate.den === 1 ? `${plan.grid.rate.num}` : `${plan.grid.rate.num}/${plan.grid.rate.den}`;
  const representations = video.map((rendition) =>
    representation(rendition, {
      width: rendition.planned.width,
      height: rendition.planned.height,
      frameRate,
      sar: '1:1',
    }),
  );
  return element(
    'AdaptationSet',
    { id: 0, contentType: 'video', mimeType: 'video/mp4', segmentAlignment: true, startWithSAP: 1 },
    [element('Role', { schemeIdUri: 'urn:mpeg:dash:role:2011', value: 'main' }), ...representations],
  );
}

function audioSet(rendition: PublishedAudio, id: number): string {
  const { planned } = rendition;
  return element(
    'AdaptationSet',
    {
      id,
      contentType: 'audio',
      mimeType: 'audio/mp4',
      lang: planned.language,
      segmentAlignment: true,
      startWithSAP: 1,
    },
    [
      element('Label', {}, planned.label),
      element('Role', { schemeIdUri: 'urn:mpeg:dash:role:2011', value: planned.isDefault ? 'main' : 'alternate' }),
      representation(rendition, { audioSamplingRate: planned.sampleRate }, [
        element('AudioChannelConfiguration', {
          schemeIdUri: 'urn:mpeg:dash:23003:3:audio_channel_configuration:2011',
          value: planned.channels,
        }),
      ]),
    ],
  );
}

function representation(
  rendition: PublishedVideo | PublishedAudio,
  attributes: Readonly<Record<string, string | number>>,
  before: readonly string[] = [],
): string {
  const { planned, codec, rates, initName, segments, timescale } = rendition;
  return element('Representation', { id: planned.name, codecs: codec, bandwidth: rates.peak, ...attributes }, [
    ...before,
    element('SegmentList', { timescale }, [
      element('Initialization', { sourceURL: initName }),
      element('SegmentTimeline', {}, timeline(segments)),
      ...segments.map(({ name }) => element('SegmentURL', { media: name })),
    ]),
  ]);
}

/** An entry each: dash.js counts entries where it looks for a segment of a list, and not how often they are repeated. */
function timeline(segments: readonly { readonly tick: number; readonly ticks: number }[]): string[] {
  return segments.map(({ tick, ticks }) => element('S', { t: tick, d: ticks }));
}
