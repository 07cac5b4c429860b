export { openDeafLine, type DeafLine } from './deaf-line.ts';
export { freePort, freePorts } from './free-port.ts';
export { startPostgres } from './postgres.ts';
export { startRedis } from './redis.ts';
export { startS3 } from './s3.ts';
export { ServerStartError, type RunningServer, type ServerExit } from './server-process.ts';
export { findTools, MissingToolError, type ToolPaths } from './tools.ts';
