export { createConsumer, type Consumer, type ConsumerOptions } from './consumer.ts';
export { createEvents, type EventsOptions, type EventStream } from './events.ts';
export { createQueues, type Deliverable, type QueueCounts, type Queues, type QueuesOptions } from './queues.ts';
