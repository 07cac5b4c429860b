export { freePort, openDeafLine, type DeafLine } from '@transcode/servers';
export { collectedMemory, type Memory } from './collected-memory.ts';
export { GO, goProgram } from './go-program.ts';
export { H100_LINE, nvidiaSmiStandIn } from './nvidia-smi-stand-in.ts';
export { searchDatabase } from './search-database.ts';
export { startStack, type S3Access, type Stack, type StackOptions } from './stack.ts';
export { temporaryFolder, type TemporaryFolder } from './temporary-folder.ts';
export { waitFor, type Patience } from './wait-for.ts';
export { smallDisk, type SmallDisk } from './small-disk.ts';
export {
  COLLECTOR_FILE,
  JAEGER_FILE,
  jaegerProgram,
  startTraceServers,
  type StoredSpan,
  type TraceServers,
} from './trace-servers.ts';
