import type { Database, Transaction } from '../database.ts';

/** How a worker and its machine are; cores and bytes. */
export interface WorkerCondition {
  cpuCores: number;
  memoryBytes: number;
  loadAverage: number;
  machineUsedBytes: number;
  machineTotalBytes: number;
  scratchFreeBytes: number;
  scratchTotalBytes: number;
  slotsUsed: number;
}

/** How a GPU is; what it does not tell is null. Shares are in percent. */
export interface GpuCondition {
  index: number;
  uuid: string;
  name: string;
  utilisation: number | null;
  encoder: number | null;
  decoder: number | null;
  memoryUsedBytes: number | null;
  memoryTotalBytes: number | null;
  celsius: number | null;
  watts: number | null;
  wattsLimit: number | null;
  encoderSessions: number | null;
}

/** The GPUs of a worker's machine, or why there is no figure of any. */
export type GpuConditions = { gpus: readonly GpuCondition[] } | { absence: string };

/**
 * Writes one moment of a worker, all of it or nothing. A worker whose row is gone writes nothing, nor does one that has written in the same
 * millisecond: its clock is the database's, which may be set back.
 */
export async function writeWorkerSample(
  db: Database | Transaction,
  workerId: string,
  { worker, machine }: { worker: WorkerCondition; machine: GpuConditions },
): Promise<void> {
  const gpus = JSON.stringify('gpus' in machine ? machine.gpus : []);
  const absence = 'absence' in machine ? machine.absence : null;
  await db.$executeRaw`
    WITH known AS (
      UPDATE "Worker" SET "gpuAbsence" = ${absence} WHERE "id" = ${workerId} RETURNING "id"
    ), sampled AS (
      INSERT INTO "GpuSample" ("workerId", "index", "uuid", "name", "utilisation", "encoder", "decoder", "memoryUsedBytes",
        "memoryTotalBytes", "celsius", "watts", "wattsLimit", "encoderSessions")
      SELECT known."id", gpu.* FROM known, jsonb_to_recordset(${gpus}::jsonb) AS gpu(
        "index" int, "uuid" text, "name" text, "utilisation" float8, "encoder" float8, "decoder" float8, "memoryUsedBytes" int8,
        "memoryTotalBytes" int8, "celsius" float8, "watts" float8, "wattsLimit" float8, "encoderSessions" int)
      ON CONFLICT DO NOTHING
    )
    INSERT INTO "WorkerSample" ("workerId", "cpuCores", "memoryBytes", "loadAverage", "machineUsedBytes", "machineTotalBytes",
      "scratchFreeBytes", "scratchTotalBytes", "slotsUsed")
    SELECT "id", ${worker.cpuCores}, ${worker.memoryBytes}, ${worker.loadAverage}, ${worker.machineUsedBytes},
      ${worker.machineTotalBytes}, ${worker.scratchFreeBytes}, ${worker.scratchTotalBytes}, ${worker.slotsUsed}
    FROM known
    ON CONFLICT DO NOTHING`;
}
