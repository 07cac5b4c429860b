export { freePort, openDeafLine, type DeafLine } from '@transcode/servers';
export { collectedMemory, type Memory } from './collected-memory.ts';
export { startStack, type S3Access, type Stack, type StackOptions } from './stack.ts';
export { temporaryFolder, type TemporaryFolder } from './temporary-folder.ts';
export { waitFor, type Patience } from './wait-for.ts';
