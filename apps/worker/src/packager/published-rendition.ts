import type { AudioRendition, Plan, SegmentIndex, VideoRendition } from '@transcode/contracts';
import type { BitRates } from './bit-rates.ts';

/** A segment under the name that manifests give it, relative to the published folder. */
export interface PublishedSegment extends SegmentIndex {
  readonly name: string;
}

interface PublishedTrack {
  readonly initName: string;
  readonly initKey: string;
  readonly codec: string;
  readonly timescale: number;
  readonly segments: readonly PublishedSegment[];
  readonly rates: BitRates;
}

export interface PublishedVideo extends PublishedTrack {
  readonly planned: VideoRendition;
  readonly fingerprint: string;
}

export interface PublishedAudio extends PublishedTrack {
  readonly planned: AudioRendition;
  readonly fingerprint: string;
}

/** All that manifests are written from. */
export interface Publication {
  readonly plan: Plan;
  readonly video: readonly PublishedVideo[];
  readonly audio: readonly PublishedAudio[];
}
