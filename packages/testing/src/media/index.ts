export { CORPUS } from './corpus.ts';
export type { CorpusCase, Expectation, PublishedExpectation } from './corpus-case.ts';
export { AAC, inputs, X264 } from './corpus-case.ts';
export { frameTimes, lastFrameSeconds } from './frame-times.ts';
export { makeCase } from './make-case.ts';
export { beepGraph, patternGraph, patternLayout } from './pattern.ts';
export { readBeeps } from './read-beeps.ts';
export { readPattern, type PatternFrame } from './read-pattern.ts';
