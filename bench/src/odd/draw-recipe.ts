import { seededRandom, type Random } from '@transcode/testing/random';
import { compose } from './compose.ts';
import type { Draft } from './draft.ts';
import { drawBase } from './draw-base.ts';
import { FORMATS } from './formats.ts';
import { OF_CLOCK } from './oddities/of-clock.ts';
import { OF_COLOUR } from './oddities/of-colour.ts';
import { OF_DAMAGE } from './oddities/of-damage.ts';
import { OF_SHAPE } from './oddities/of-shape.ts';
import { OF_SOUND } from './oddities/of-sound.ts';
import { OF_TRACKS } from './oddities/of-tracks.ts';
import type { Oddity } from './oddities/oddity.ts';
import { predict } from './predict.ts';
import type { Recipe } from './recipe.ts';

/** Groups by how often they are drawn first. */
const GROUPS: readonly (readonly Oddity[])[] = [
  ...[OF_CLOCK, OF_CLOCK, OF_CLOCK, OF_SOUND, OF_SOUND, OF_SHAPE, OF_SHAPE],
  ...[OF_COLOUR, OF_COLOUR, OF_TRACKS, OF_TRACKS, OF_DAMAGE],
];
/** Mostly one or two oddities beside rate and length, so that faults can be told apart. */
const HOW_MANY = [0, 0, 1, 1, 1, 1, 1, 2, 2, 3];
/** Spreads neighbouring positions over all seeds. */
const GOLDEN = 0x9e_37_79_b1;

/** The source at this position of a seed, whatever was drawn before it. */
export function drawRecipe(seed: number, position: number): Recipe {
  const draft = drawDraft(seededRandom(seed ^ Math.imul(position + 1, GOLDEN)));
  const file = `odd-${position}.${FORMATS[draft.format].ending}`;
  return { seed, position, title: titleOf(draft), file, steps: compose(draft, file), expect: predict(draft) };
}

function drawDraft(random: Random): Draft {
  let draft = drawBase(random);
  const taken = new Set<string>();
  for (let left = random.pick(HOW_MANY); left > 0 && isOpen(draft); left -= 1) {
    const open = (oddity: Oddity): boolean => !taken.has(oddity.group) && oddity.fits(draft);
    const possible = GROUPS.map((group) => group.filter(open)).filter((group) => group.length > 0);
    if (possible.length === 0) break;
    const oddity = random.pick(random.pick(possible));
    taken.add(oddity.group);
    draft = { ...oddity.change(draft, random), oddities: [...draft.oddities, oddity.name] };
  }
  return draft;
}

/** What comes in pieces, or is damaged, is odd enough. */
function isOpen({ pieces, damage }: Draft): boolean {
  return pieces === undefined && damage === undefined;
}

function titleOf(draft: Draft): string {
  const { format, codec, rate, frames, width, height, bFrames, sounds, oddities } = draft;
  const sound = sounds.length === 0 ? 'no sound' : sounds.map((each) => each.codec).join('+');
  const picture = `${codec}${bFrames > 0 ? ' with B-frames' : ''} ${width}x${height}, ${frames} frames at ${rate}`;
  return [`${format}: ${picture}, ${sound}`, ...oddities].join('; ');
}
