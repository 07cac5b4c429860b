import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  FieldColorBuilder,
  FieldColorModeId,
  MappingType,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { COLOUR } from '../colours.ts';
import { tell, type About } from './about.ts';

export interface Stat extends About {
  /** A figure that says whether something is there: 0 is `down`, in red, and 1 `up`. */
  readonly upDown?: true;
  /** A figure that should be 0: amber where it is not, with what it was lately small behind it. */
  readonly wrongAboveZero?: true;
}

/** One figure, or some beside each other. */
export function stat(about: Stat): PanelBuilder {
  const panel = tell(new PanelBuilder(), { height: 4, ...about })
    .colorMode(about.upDown === true ? BigValueColorMode.BackgroundSolid : BigValueColorMode.Value)
    .graphMode(about.wrongAboveZero === true ? BigValueGraphMode.Area : BigValueGraphMode.None)
    .textMode(about.queries.length > 1 ? BigValueTextMode.ValueAndName : BigValueTextMode.Auto)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false).fields(''));
  if (about.upDown === true) panel.mappings(UP_DOWN);
  return about.wrongAboveZero === true ? panel.mappings(ABOVE_ZERO) : panel;
}

/** A word beside the colour. */
export const UP_DOWN: ValueMapping[] = [
  {
    type: MappingType.ValueToText,
    options: {
      0: { text: 'down', color: COLOUR.broken, index: 0 },
      1: { text: 'up', color: COLOUR.quiet, index: 1 },
    },
  },
];

const ABOVE_ZERO: ValueMapping[] = [
  { type: MappingType.RangeToText, options: { from: 1, to: null, result: { color: COLOUR.amber, index: 0 } } },
];
