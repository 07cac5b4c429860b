import type { DataDirectoryLock } from './data-directory-lock.ts';
import type { LaunchedProcess, RunningServer, ServerExit } from './server-process.ts';

/** The handle of a server that is ready; its data folder is free again when it is gone. */
export function runningServer(
  server: LaunchedProcess,
  where: { port: number; url: string; lock?: DataDirectoryLock },
): RunningServer {
  const exited = releasedExit(server.exited, where.lock);
  return {
    name: server.name,
    pid: server.pid,
    port: where.port,
    url: where.url,
    exited,
    kill: (signal) => server.kill(signal),
    stop: async () => {
      await server.stop();
      await exited;
    },
  };
}

async function releasedExit(exited: Promise<ServerExit>, lock: DataDirectoryLock | undefined): Promise<ServerExit> {
  const exit = await exited;
  await lock?.release();
  return exit;
}
