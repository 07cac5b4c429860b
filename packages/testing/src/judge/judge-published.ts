import { judgeBandwidth } from './judge-bandwidth.ts';
import { judgeBoxes } from './judge-boxes.ts';
import { judgeDash } from './judge-dash.ts';
import { judgeVideo, type ExpectedVideo } from './judge-video.ts';
import type { Published, PublishedVariant } from './published.ts';
import type { JudgeTools } from './tools.ts';

export interface ExpectedFolder extends ExpectedVideo {
  readonly audio: readonly string[];
}

/** What is wrong with what is in a published folder, but for how sound and picture lie to each other. */
export async function judgePublished(
  tools: JudgeTools,
  { folder, published }: { readonly folder: string; readonly published: Published },
  expected: ExpectedFolder,
  numbers: readonly number[] | 'unread',
): Promise<string[]> {
  const { width, height } = expected;
  const complaints: string[] = [];
  const top = topVariant(published);
  if (top?.width !== width || top.height !== height)
    complaints.push(`the top rendition is ${top?.width}x${top?.height}, expected ${width}x${height}`);
  const starts = published.variants.map((variant) => variant.track.segments.map((segment) => segment.seconds).join());
  if (new Set(starts).size > 1) complaints.push('the renditions are not cut alike');
  for (const variant of published.variants) complaints.push(...(await judgeVideo(tools, variant, expected, numbers)));
  for (const entry of [...published.variants, ...published.audio]) complaints.push(...(await judgeBoxes(entry.track)));
  complaints.push(...judgeBandwidth(published), ...(await judgeDash(folder, published)));
  const languages = published.audio.map((audio) => audio.language);
  if (languages.join() !== expected.audio.join())
    complaints.push(`audio is in ${languages.join()}, expected ${expected.audio.join()}`);
  return complaints;
}

export function topVariant(published: Published): PublishedVariant | undefined {
  return published.variants.toSorted((a, b) => b.height * b.width - a.height * a.width)[0];
}
