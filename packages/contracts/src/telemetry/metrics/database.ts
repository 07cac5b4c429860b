import { CALL_SECONDS, type MetricShape } from './metric-shape.ts';

const OPERATIONS = ['select', 'insert', 'update', 'delete', 'transaction', 'other'] as const;

export const DATABASE_METRICS = {
  databaseOperationSeconds: {
    name: 'transcode_database_operation_duration_seconds',
    kind: 'histogram',
    help: 'Time that statements took at Postgres, the way there and back with it.',
    labels: { operation: OPERATIONS },
    buckets: [0.001, ...CALL_SECONDS],
    from: ['api', 'worker'],
  },
  databaseErrorsTotal: {
    name: 'transcode_database_errors_total',
    kind: 'counter',
    help: 'Statements that failed. conflict is one that met another and is tried again.',
    labels: { kind: ['connection', 'conflict', 'other'] },
    from: ['api', 'worker'],
  },
  databasePoolConnections: {
    name: 'transcode_database_pool_connections',
    kind: 'gauge',
    help: 'Connections of this process to Postgres; waiting are those who want one and have none.',
    labels: { state: ['used', 'idle', 'waiting'] },
    from: ['api', 'worker'],
  },
  databasePoolSize: {
    name: 'transcode_database_pool_size',
    kind: 'gauge',
    help: 'Connections to Postgres that this process may have.',
    labels: {},
    from: ['api', 'worker'],
  },
  databaseServerConnections: {
    name: 'transcode_database_server_connections',
    kind: 'gauge',
    help: 'Connections that the Postgres server has, from all clients.',
    labels: {},
    from: ['api'],
    shared: true,
  },
  databaseServerConnectionsMost: {
    name: 'transcode_database_server_connections_limit',
    kind: 'gauge',
    help: 'Connections that the Postgres server allows.',
    labels: {},
    from: ['api'],
    shared: true,
  },
  databaseSizeBytes: {
    name: 'transcode_database_size_bytes',
    kind: 'gauge',
    help: 'Size of the database on its disk.',
    labels: {},
    from: ['api'],
    shared: true,
  },
  databaseUp: {
    name: 'transcode_database_up',
    kind: 'gauge',
    help: '1 where Postgres answered when it was asked for this scrape, else 0.',
    labels: {},
    from: ['api'],
    shared: true,
  },
} as const satisfies Readonly<Record<string, MetricShape>>;
