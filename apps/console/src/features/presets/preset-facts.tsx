import type { Preset } from '@transcode/contracts';
import { formatBitRate } from '@transcode/ui';
import { Section } from '../video/section.tsx';

/** What is set, in an expert's words. */
export function PresetFacts({ preset }: { preset: Preset }) {
  const facts = [
    ['Picture', `H.264, constant quality ${preset.crf} (CRF) under each rung’s cap`],
    ['Encoder speed', preset.speed],
    ['Sound', `AAC, ${formatBitRate(preset.audioBitRate)}`],
    [
      'Quality floor',
      preset.qualityFloor === undefined
        ? 'None: quality is told, and decides nothing'
        : `${preset.qualityFloor} VMAF: below it the video is not published`,
    ],
  ] as const;
  return (
    <Section title="Settings">
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-small">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
