export { audioArgv, type AudioInputs } from './audio-argv.ts';
export { chunkArgv, type ChunkInputs } from './chunk-argv.ts';
export { commandLines } from './command-lines.ts';
export { DEMUXERS } from './demuxer.ts';
export { encoderIdentity } from './encoder-identity.ts';
export { reduce, toNumber } from './fraction.ts';
export { STANDARD_RATES } from './frame-rate.ts';
export { planVideo, type PlanOptions } from './plan-video.ts';
export { sourceArgv, type SourceInput } from './source-argv.ts';
