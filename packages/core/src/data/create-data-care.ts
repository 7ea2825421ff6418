import type { ArchiveSink } from '../archive/archive-sink.ts';
import { restoreArchive } from '../archive/restore-archive.ts';
import { type ArchiveDeps, listArchives, verifyArchives } from '../archive/verify-archives.ts';
import { backUpStore } from '../backup/back-up-store.ts';
import { type Viewer, viewerLabel } from '../domain.ts';
import { erasePerson } from '../erasure/erase-person.ts';
import { AdjutantError } from '../errors.ts';
import type { Refusal } from '../privacy/refusal.ts';
import { grantOf } from '../privacy/visibility.ts';
import { purge, type PurgeDeps } from '../retention/purge.ts';
import { retentionClassIds } from '../retention/retention-class-ids.ts';
import { retentionClass } from '../retention/retention-classes.ts';
import type { DataCare, RetentionRules } from './handle.ts';

export interface DataCareDeps extends Omit<PurgeDeps, 'actor'> {
  noteRefusal: (refusal: Refusal) => void;
  /** Makes what was rewritten be found anew. */
  indexAll: () => Promise<void>;
}

/** Returns the care for the data of a workspace, for somebody who may have it. @throws AdjutantError `Permission` */
export function openDataCare(deps: DataCareDeps, viewer: Viewer): DataCare {
  if (grantOf(viewer, 'life_of_data', 'change') !== 'shown') {
    deps.noteRefusal({ class: 'life_of_data', reason: 'role' });
    throw new AdjutantError(
      'Permission',
      'Retention, archives, erasure and backups are for administrators of the workspace only.',
      { hint: 'Ask an administrator; an assistant never has it.' },
    );
  }
  const actor = viewerLabel(viewer);
  const caring = { ...deps, actor };
  const archived = (): ArchiveDeps & { actor: string; clock: DataCareDeps['clock'] } => ({
    ...caring,
    sink: requireSink(deps.sink),
  });
  return {
    retention: () => rulesOf(deps),
    purge: (options = {}) => purge(caring, options),
    archives: {
      list: async () => (deps.sink === null ? [] : listArchives(archived())),
      verify: async () => verifyArchives(archived()),
      restore: async (archiveId) => {
        const restored = await restoreArchive(archived(), archiveId);
        await deps.indexAll();
        return restored;
      },
    },
    erasePerson: (personId) => erasePerson(caring, viewer, personId),
    backup: (to) => backUpStore(caring, to),
  };
}

function rulesOf({ days, sink }: DataCareDeps): RetentionRules {
  return {
    archive: sink?.place ?? null,
    classes: retentionClassIds.map((id) => {
      const { holds, defaultDays, archived } = retentionClass(id);
      const isArchived = sink !== null && archived !== 'never';
      return { class: id, holds, days: days[id], defaultDays, isArchived };
    }),
  };
}

function requireSink(sink: ArchiveSink | null): ArchiveSink {
  if (sink !== null) return sink;
  throw new AdjutantError('Configuration', 'Nothing is archived here.', {
    hint: 'Name a place with "archive".',
  });
}
