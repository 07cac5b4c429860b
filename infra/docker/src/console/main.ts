import { env } from 'node:process';

// Next.js' own server listens at HOSTNAME, which in a container is its name: then nothing would reach it by the loopback.
env['HOSTNAME'] = env['HOST'] ?? '0.0.0.0';
await import(new URL('server.js', import.meta.url).href);
