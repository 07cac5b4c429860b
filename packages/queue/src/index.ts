export { createConsumer, type Consumer, type ConsumerOptions } from './consumer.ts';
export { deliver, redeliverByPriority, undeliver } from './deliver.ts';
export type { Deliverable, Delivery } from './deliverable.ts';
export { createEvents, type EventsOptions, type EventStream } from './events.ts';
export { createJobLogs, type JobLogs, type JobLogsOptions } from './job-logs.ts';
export { createQueues, type QueueCounts, type Queues, type QueuesOptions } from './queues.ts';
