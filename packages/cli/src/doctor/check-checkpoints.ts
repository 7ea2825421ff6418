import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { WorkspaceHandle } from '@adjutant/core';
import type { LoadedConfig } from '../config/load-config.ts';
import { durationText } from '../duration-text.ts';
import { type Check, note, ok } from './checks.ts';

const longestMs = 2 * 24 * 3_600_000;

/** Says when the last checkpoint of the ledger was made, and what it means that there is none. */
export async function checkCheckpoints(
  { audit }: Pick<WorkspaceHandle, 'audit'>,
  { config, folder }: Pick<LoadedConfig, 'config' | 'folder'>,
  now: number,
): Promise<Check[]> {
  if (config.checkpoints === undefined) {
    return [
      note(
        'checkpoints',
        'No checkpoints of the ledger are kept: whoever can write the database could rewrite it whole.',
        'Name a place that the database owner cannot write: checkpoints: { to: <folder> }',
      ),
    ];
  }
  const place = resolve(folder, config.checkpoints.to);
  const last = lastIn(place);
  if (last === null) {
    return [
      note('checkpoints', `There is no checkpoint in ${place} yet.`, 'Start "adjutant serve".'),
    ];
  }
  const age = durationText(Math.max(0, now - last));
  const [newest] = (await audit.list({ limit: 1 })).items;
  const isWhole = newest === undefined || newest.at <= last;
  if (isWhole || now - last <= longestMs)
    return [ok('checkpoints', `the last checkpoint is ${age} old`)];
  return [
    note(
      'checkpoints',
      `The last checkpoint in ${place} is ${age} old; nothing after it is proven.`,
      'Start "adjutant serve", and see "adjutant jobs" for what failed.',
    ),
  ];
}

/** When the newest file was written. A ledger that did not grow gets no new one. */
function lastIn(place: string): number | null {
  try {
    const times = readdirSync(place)
      .filter((name) => name.endsWith('.checkpoint'))
      .map((name) => statSync(join(place, name)).mtimeMs);
    return times.length === 0 ? null : Math.max(...times);
  } catch {
    return null;
  }
}
