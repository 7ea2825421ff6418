import { createHash } from 'node:crypto';
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { InstallationMemory } from '@adjutant/core';
import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { futurePath } from '../config/checked-file.ts';
import { dataFolder, ensurePrivateFolder } from '../config/data-folder.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import type { Io } from '../io.ts';
import { demoInMakingName } from '../run-command.ts';
import { isStoreTaken } from './adopted-store.ts';
import { readPrivateRecord, writePrivateRecord } from './private-records.ts';
import { storePlace } from './store-place.ts';

const recordSchema = z.strictObject({
  version: z.literal(1),
  /** The hash of the ledger's first entry. */
  chain: z.string().min(1).max(200),
  /** Where the store lies: a copy at another place is not the store that is known. */
  place: z.string().max(5_000),
  /** The file itself, which stays the same where it is moved. */
  file: z.string().max(200).nullable(),
  seq: z.number().int().nonnegative(),
  hash: z.string().min(1).max(200),
});
type StoreRecord = z.infer<typeof recordSchema>;

/** What says where a store is, and who said so. */
export type StoreNaming = Pick<
  LoadedConfig,
  'path' | 'isNamed' | 'variables' | 'config' | 'folder'
>;

/**
 * Returns what this installation remembers of its stores: files of the user's own data folder, one a
 * ledger and place. A store that lies in that folder, or that whoever started the process named, is
 * taken as it is: nobody can bring one there who could not write here. One on a server is where a
 * person has said that it is hers or her team's.
 */
export function installationMemory(
  io: Pick<Io, 'env' | 'homeDirectory' | 'platform'>,
  naming: StoreNaming,
): InstallationMemory {
  const own = dataFolder(io);
  const folder = join(own, 'stores');
  const fileOf = (chain: string): string =>
    join(folder, `${digestOf(`${chain}\0${placeOf(naming).place}`)}.json`);
  const read = (chain: string): StoreRecord | null => {
    const { place } = placeOf(naming);
    const record = readPrivateRecord(fileOf(chain), recordSchema);
    return record?.chain === chain && record.place === place ? record : null;
  };
  return {
    async load(chain) {
      const record = read(chain) ?? movedHere(folder, chain, placeOf(naming).file);
      return record === null ? null : { seq: record.seq, hash: record.hash };
    },
    async save(chain, { seq, hash }, { isNewCourse }) {
      const known = read(chain);
      if (!isNewCourse && known !== null && known.seq >= seq) return;
      ensurePrivateFolder(own);
      const record: StoreRecord = { version: 1, chain, ...placeOf(naming), seq, hash };
      writePrivateRecord(folder, fileOf(chain), record);
    },
    adopts: ({ file }) =>
      naming.isNamed || (file === null ? isStoreTaken(io, naming) : isUnder(file, own)),
  };
}

/**
 * Returns the memory for what a configuration names. Of a demo that is being made nothing is remembered:
 * it is copied halfway, and the copy is kept.
 */
export function installationIn(
  context: Pick<CommandContext, 'io'>,
  loaded: StoreNaming,
): { installation?: InstallationMemory } {
  const { path, isNamed } = loaded;
  if (isNamed && path !== null && demoInMakingName.test(path)) return {};
  return { installation: installationMemory(context.io, loaded) };
}

function placeOf({ config, folder }: StoreNaming): Pick<StoreRecord, 'place' | 'file'> {
  const { path, host } = storePlace(config.store, folder);
  if (path === null) return { place: host ?? '', file: null };
  const place = futurePath(path);
  const found = statSync(place, { throwIfNoEntry: false, bigint: true });
  return {
    place,
    file: found === undefined ? null : `${found.dev}:${found.ino}:${found.birthtimeNs}`,
  };
}

/** Returns what is known of the same file under another path. */
function movedHere(folder: string, chain: string, file: string | null): StoreRecord | null {
  if (file === null || !existsSync(folder)) return null;
  const records = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => readPrivateRecord(join(folder, name), recordSchema) ?? []);
  return records.find((record) => record.chain === chain && record.file === file) ?? null;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function isUnder(file: string, folder: string): boolean {
  if (!existsSync(folder) || !existsSync(file)) return false;
  return `${dirname(realpathSync(file))}${sep}`.startsWith(`${realpathSync(folder)}${sep}`);
}
