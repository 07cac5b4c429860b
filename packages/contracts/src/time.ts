import * as z from 'zod';

/** A moment as the API tells it: ISO 8601 in UTC. */
export const Time = z.iso.datetime();
