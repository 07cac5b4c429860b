'use client';
import type { Quality, RenditionView, VideoDetail } from '@transcode/contracts';
import { classNames, formatBitRate, formatBytes, formatExact, formatScore, Icon } from '@transcode/ui';
import { renditionPath } from '../videos/download-videos.ts';
import { savedWords } from './saved-words.ts';
import { Section } from './section.tsx';

interface RenditionsTableProps {
  readonly video: Pick<VideoDetail, 'id' | 'bytes' | 'playbackUrl'>;
  readonly renditions: readonly RenditionView[];
  /** The rendition whose quality is drawn over the strip. */
  readonly shown: string | undefined;
  readonly onShow: (name: string) => void;
}

export function RenditionsTable({ video: source, renditions, shown, onShow }: RenditionsTableProps) {
  const measured = renditions.find((rendition) => rendition.quality !== null)?.quality ?? null;
  const metric = measured?.metric.toUpperCase() ?? 'VMAF';
  const video = renditions.filter((rendition) => rendition.kind === 'video');
  const audio = renditions.filter((rendition) => rendition.kind === 'audio');
  return (
    <Section title="Renditions" {...(measured && { note: samplingWords(measured) })}>
      <table className="w-full text-right text-small">
        <thead className="text-ink-3">
          <tr className="h-8 border-b border-line">
            <th scope="col" className="text-left font-normal">
              Picture
            </th>
            <th scope="col" className="font-normal">
              Size
            </th>
            <th scope="col" className="font-normal" title="How much smaller than the uploaded file">
              Saved
            </th>
            <th scope="col" className="font-normal">
              Bit rate
            </th>
            <th scope="col" className="font-normal" title={measured ? samplingWords(measured) : undefined}>
              {metric}
            </th>
            <th
              scope="col"
              className="font-normal"
              title="1st percentile: 99 of 100 measured frames are at least this good"
            >
              Worst 1&nbsp;%
            </th>
            <th scope="col" className="w-8">
              <span className="sr-only">Download</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {video.map((rendition) => (
            <tr
              key={rendition.name}
              className={classNames('h-8 border-b border-line', rendition.name === shown && 'bg-raised')}
            >
              <th scope="row" className="text-left font-normal" title={rendition.codec ?? undefined}>
                {rendition.quality ? (
                  <button
                    type="button"
                    aria-pressed={rendition.name === shown}
                    title="Show its quality over the strip"
                    onClick={() => onShow(rendition.name)}
                    className="h-8 w-full text-left underline decoration-edge decoration-dotted underline-offset-4 hover:decoration-ink"
                  >
                    {pictureWords(rendition)}
                  </button>
                ) : (
                  pictureWords(rendition)
                )}
              </th>
              <Figures rendition={rendition} sourceBytes={source.bytes} />
              <Score quality={rendition.quality} pick="mean" />
              <Score quality={rendition.quality} pick="p1" />
              <Download source={source} rendition={rendition} words={pictureWords(rendition)} />
            </tr>
          ))}
          {audio.map((rendition) => (
            <tr key={rendition.name} className="h-8 border-b border-line">
              <th scope="row" className="text-left font-normal" title={rendition.codec ?? undefined}>
                {soundWords(rendition)}
              </th>
              <Figures rendition={rendition} sourceBytes={source.bytes} />
              <td colSpan={2}>
                <span className="sr-only">not measured</span>
              </td>
              <Download source={source} rendition={rendition} words={soundWords(rendition)} />
            </tr>
          ))}
        </tbody>
      </table>
      {measured?.metric === 'ssim' && <p className="text-small text-ink-3">{measured.note}</p>}
    </Section>
  );
}

/** The rendition as one MP4, a picture with its sound. */
function Download({ source, rendition, words }: DownloadProps) {
  if (source.playbackUrl === null) return <td aria-label="Not there yet" />;
  return (
    <td>
      <a
        href={renditionPath(source.id, rendition.name)}
        download
        aria-label={`Download ${words} as MP4`}
        title={`Download ${words} as MP4`}
        className="inline-flex size-8 items-center justify-center rounded-control text-ink-3 hover:bg-raised hover:text-ink"
      >
        <Icon name="download" />
      </a>
    </td>
  );
}

interface DownloadProps {
  readonly source: RenditionsTableProps['video'];
  readonly rendition: RenditionView;
  readonly words: string;
}

function Figures({ rendition, sourceBytes }: { rendition: RenditionView; sourceBytes: number }) {
  const { bytes, averageBitRate, peakBitRate } = rendition;
  const peak = peakBitRate === null ? undefined : `${formatBitRate(peakBitRate)} at its peak`;
  return (
    <>
      <td title={bytes === null ? undefined : formatExact(bytes, 'bytes')}>
        {bytes === null ? '' : formatBytes(bytes)}
      </td>
      <td>{bytes === null || sourceBytes === 0 ? '' : savedWords(bytes, sourceBytes)}</td>
      <td title={peak}>{averageBitRate === null ? '' : formatBitRate(averageBitRate)}</td>
    </>
  );
}

function Score({ quality, pick }: { quality: Quality | null; pick: 'mean' | 'p1' }) {
  if (!quality) return <td className="text-ink-3">–</td>;
  return <td title={samplingWords(quality)}>{formatScore(quality[pick], quality.metric)}</td>;
}

/** The language where it is known: a source that does not say has none to tell apart. */
function soundWords({ label, language }: RenditionView): string {
  return label === null || language === null || language === 'und' ? 'Sound' : `Sound, ${label}`;
}

function pictureWords({ width, height, name }: RenditionView): string {
  return width === null || height === null ? name : `${width} × ${height}`;
}

/** How much of the video the figures stand on. */
function samplingWords(quality: Quality): string {
  const [measured, total] = [quality.framesMeasured, quality.framesTotal].map((frames) => frames.toLocaleString('en'));
  const every =
    quality.everyNthFrame === 1 ? 'Every frame measured' : `Every ${ordinal(quality.everyNthFrame)} frame measured`;
  return `${every}, ${measured} of ${total}`;
}

function ordinal(value: number): string {
  const teen = value % 100 >= 11 && value % 100 <= 13;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${value}${ending}`;
}
