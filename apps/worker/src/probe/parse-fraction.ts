import type { Fraction } from '@transcode/contracts';
import { reduce } from '@transcode/planner';

/** `30000/1001` or `16:15`; undefined for what is no positive ratio, such as `0/0` and `N/A`. */
export function parseFraction(text: string | undefined): Fraction | undefined {
  const match = /^(\d+)[/:](\d+)$/.exec(text ?? '');
  const num = Number(match?.[1]);
  const den = Number(match?.[2]);
  return Number.isSafeInteger(num) && Number.isSafeInteger(den) && num > 0 && den > 0 ? reduce(num, den) : undefined;
}
