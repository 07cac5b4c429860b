import { plainTitle } from '../share/plain-title.ts';

interface Embedded {
  /** Address of a share link. */
  readonly shareUrl: string;
  readonly title: string;
  readonly width: number;
  readonly height: number;
}

/** What stands below the picture: the strip and the controls. */
const BELOW_PX = 108;
const WIDTH_PX = 960;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** HTML that shows the player in a page elsewhere, for as long as the share link holds. */
export function embedCode({ shareUrl, title, width, height }: Embedded): string {
  const source = shareUrl.replace(/\/share\/([^/]+)$/, '/embed/$1');
  const tall = Math.round((WIDTH_PX * height) / width) + BELOW_PX;
  const style = `width: 100%; max-width: ${WIDTH_PX}px; aspect-ratio: ${WIDTH_PX} / ${tall}; border: 0`;
  const name = plainTitle(title).replaceAll(/[&<>"]/g, (one) => ENTITIES[one] ?? one);
  return `<iframe src="${source}" title="${name}" style="${style}" allow="autoplay" allowfullscreen></iframe>`;
}
