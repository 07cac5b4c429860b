export { runChaos, type ChaosOptions, type ChaosResult } from './run-chaos.ts';
export { FAULT_KINDS, type FaultKind } from './schedule.ts';
export type { Ordeal } from './tormentor.ts';
export { descendantsOf } from '../process-table.ts';
export { startWorld, type World, type WorldOptions } from './world.ts';
