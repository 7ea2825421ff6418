import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import { dataFolder, ensurePrivateFolder } from '../config/data-folder.ts';
import type { Io } from '../io.ts';
import { type Capability, capabilitySchema } from './capabilities.ts';
import { readPrivateRecord, writePrivateRecord } from './private-records.ts';

const recordSchema = z.strictObject({
  version: z.literal(1),
  /** Where the configuration really lies. */
  path: z.string().min(1).max(5_000),
  trustedAt: z.number().int(),
  capabilities: z.array(capabilitySchema).max(50_000),
  /** The address of the store on a server whose approvals count here. */
  adopted: z.string().min(1).max(5_000).optional(),
});
export type TrustRecord = z.infer<typeof recordSchema>;

type Place = Pick<Io, 'env' | 'homeDirectory' | 'platform'>;

/** What a person has trusted on this installation: files of her own data folder, one a configuration. */
export interface TrustMemory {
  load(path: string): TrustRecord | null;
  /** Keeps what is trusted. Which store was adopted stays as it was unless told. */
  save(path: string, capabilities: readonly Capability[], now: number, adopted?: string): void;
  /** @returns whether there was one */
  remove(path: string): boolean;
  list(): TrustRecord[];
}

/** Returns the memory of the user that runs this. A record that others could have written counts as none. */
export function trustMemory(io: Place): TrustMemory {
  const folder = join(dataFolder(io), 'trust');
  const fileOf = (path: string): string =>
    join(folder, `${createHash('sha256').update(path).digest('hex')}.json`);
  return {
    load(path) {
      const record = readRecord(fileOf(path));
      return record?.path === path ? record : null;
    },
    save(path, capabilities, now, adopted) {
      const kept = adopted ?? readRecord(fileOf(path))?.adopted;
      const record: TrustRecord = {
        version: 1,
        path,
        trustedAt: now,
        capabilities: [...capabilities],
        ...(kept === undefined ? {} : { adopted: kept }),
      };
      ensurePrivateFolder(dataFolder(io));
      write(folder, fileOf(path), record);
    },
    remove(path) {
      const isThere = existsSync(fileOf(path));
      rmSync(fileOf(path), { force: true });
      return isThere;
    },
    list() {
      const names = existsSync(folder) ? readdirSync(folder) : [];
      return names
        .filter((name) => /^[0-9a-f]{64}\.json$/.test(name))
        .flatMap((name) => readRecord(join(folder, name)) ?? [])
        .toSorted((left, right) => (left.path < right.path ? -1 : 1));
    },
  };
}

function readRecord(file: string): TrustRecord | null {
  return readPrivateRecord(file, recordSchema);
}

function write(folder: string, file: string, record: TrustRecord): void {
  try {
    writePrivateRecord(folder, file, record);
  } catch (cause) {
    throw new AdjutantError('Configuration', `What you trusted cannot be kept in ${folder}.`, {
      hint: 'Make your data folder writable, or name the configuration in ADJUTANT_TRUSTED_CONFIG.',
      cause,
    });
  }
}
