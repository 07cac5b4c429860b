export { createLogger, type Logger, type LoggerOptions } from './logs/logger.ts';
export { measure } from './measure.ts';
export { measureBuild } from './measure-build.ts';
export { createMetrics, type Look, type Metrics } from './metrics.ts';
export { logFailedOperations } from './operations/log-failed-operations.ts';
export { beginOperation, operate, type Operation } from './operations/operation.ts';
export { startOpsServer, type OpsServer, type OpsServerOptions } from './ops-server.ts';
export * from './traces/index.ts';
