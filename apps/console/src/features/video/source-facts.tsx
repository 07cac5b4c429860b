import type { Probe, VideoDetail } from '@transcode/contracts';
import {
  formatBitRate,
  formatBytes,
  formatExact,
  formatExactDuration,
  formatFrameRate,
  LinkButton,
} from '@transcode/ui';
import { sourcePath } from '../videos/download-videos.ts';
import { Section } from './section.tsx';

interface SourceFactsProps {
  readonly video: Pick<VideoDetail, 'id' | 'state' | 'fileName' | 'bytes' | 'probe'>;
  readonly mayDownload: boolean;
}

/** What came in. */
export function SourceFacts({ video, mayDownload }: SourceFactsProps) {
  const facts = [
    ['File', video.fileName],
    ['Size', formatBytes(video.bytes), formatExact(video.bytes, 'bytes')],
    ...(video.probe ? probeFacts(video.probe) : []),
  ] as const;
  return (
    <Section title="Source">
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-small">
        {facts.map(([name, value, exact]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd title={exact}>{value}</dd>
          </div>
        ))}
      </dl>
      {mayDownload && video.state !== 'uploading' && (
        <LinkButton icon="download" href={sourcePath(video.id)} download className="self-start">
          Download the uploaded file
        </LinkButton>
      )}
      {video.probe?.warnings.map((warning) => (
        <p key={warning} className="text-small text-amber">
          {warning}
        </p>
      ))}
    </Section>
  );
}

function probeFacts(probe: Probe): readonly (readonly [string, string, string?])[] {
  const { video } = probe;
  return [
    ['Length', formatExactDuration(probe.durationSeconds), formatExact(video.frames, 'frames')],
    ['Container', probe.container],
    ['Picture', pictureWords(video)],
    [
      'Codec',
      [video.codec, video.profile, `${video.bitDepth} bit`, video.bitRate && formatBitRate(video.bitRate)]
        .filter(Boolean)
        .join(' · '),
    ],
    [
      'Frame rate',
      `${formatFrameRate(video.rate)}${video.rateKind === 'variable' ? ', variable' : ''}`,
      `${video.rate.num}/${video.rate.den}`,
    ],
    [
      'Scan',
      video.scan === 'progressive'
        ? 'progressive'
        : `interlaced, ${video.scan === 'tff' ? 'top' : 'bottom'} field first`,
    ],
    ['Colour', colourWords(video)],
    ['Sound', probe.audio.length === 0 ? 'none' : probe.audio.map(soundWords).join('; ')],
  ];
}

function pictureWords(video: Probe['video']): string {
  const { width, height, displayWidth, displayHeight, rotation } = video;
  const shown = `${displayWidth} × ${displayHeight}`;
  if (rotation !== 0) return `${shown}, recorded ${width} × ${height} and turned by ${rotation}°`;
  return displayWidth === width && displayHeight === height ? shown : `${shown}, stored as ${width} × ${height}`;
}

function colourWords({ dynamicRange, colour, pixelFormat }: Probe['video']): string {
  const range = { sdr: 'SDR', hdr10: 'HDR10', hlg: 'HLG' }[dynamicRange];
  return [range, colour.primaries, pixelFormat].filter(Boolean).join(' · ');
}

function soundWords(audio: Probe['audio'][number]): string {
  const channels = audio.layout ?? `${audio.channels} channels`;
  const language = audio.language === 'und' ? undefined : audio.language;
  return [language, audio.codec, channels, `${audio.sampleRate / 1000} kHz`].filter(Boolean).join(' · ');
}
