import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboardOf } from '../frame/dashboard.ts';
import { backups } from './backups.ts';
import { caches } from './caches.ts';
import { copies } from './copies.ts';
import { database } from './database.ts';
import { redis } from './redis.ts';
import { room } from './room.ts';
import { storage } from './storage.ts';

export function storageDatabase(): Dashboard {
  return dashboardOf({
    name: 'storage-database',
    title: 'Storage and database',
    answers:
      'What Transcode stands on: storage, Postgres, Redis and what processes keep in memory. Are they quick, whole, is there room, and would a backup bring them back?',
    from: 'now-6h',
    rows: [storage(), room(), database(), backups(), copies(), redis(), caches()],
  });
}
