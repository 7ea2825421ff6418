import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backupParts } from './data/backup-parts.ts';
import { erasureParts } from './data/erasure-parts.ts';
import { ageParts, failureParts, killParts } from './data/purge-parts.ts';
import { type Judged, printJudged } from './report.ts';

/** The life of the data: what is purged, killed half-way, erased, backed up. Returns the exit code. */
export async function chaosData(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'adjutant-chaos-data-'));
  try {
    const lines: Judged[] = [];
    for (const part of [ageParts, failureParts, killParts, erasureParts, backupParts]) {
      lines.push(...(await part(folder)));
    }
    return printJudged('The life of the data', lines);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
