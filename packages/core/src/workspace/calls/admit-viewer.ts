import { sql } from 'drizzle-orm';
import type { Viewer } from '../../domain.ts';
import { AdjutantError } from '../../errors.ts';
import { queryPreparedRow } from '../../store/prepared-query.ts';
import type { Store } from '../../store/store.ts';

/**
 * Returns what refuses a viewer who is nobody in the workspace: a person of another one, made up or
 * erased. Who was merged still has what was given to them. An assistant is somebody as long as its
 * sponsor is. It is asked with each call, because people change.
 */
export function createAdmission(
  store: Store,
  workspaceId: string,
  viewer: Viewer,
): () => Promise<void> {
  if (viewer.kind === 'system') return () => Promise.resolve();
  const personId = viewer.kind === 'person' ? viewer.personId : viewer.sponsorPersonId;
  return async () => {
    const row = await queryPreparedRow(store.read, 'admitted person', presentPerson, {
      workspaceId,
      personId,
    });
    if (row === undefined) throw notHere(viewer);
  };
}

function notHere({ kind }: Viewer): AdjutantError {
  const who = kind === 'agent' ? 'The person whom the assistant works for' : 'The viewer';
  return new AdjutantError('Permission', `${who} is nobody in this workspace.`, {
    hint: 'Pass a viewer of this workspace, for example "await adjutant.owner(workspaceId)".',
  });
}

function presentPerson() {
  const from = sql`people p
    where p.id = ${sql.placeholder('personId')}
      and p.workspace_id = ${sql.placeholder('workspaceId')}
      and p.erased_at is null`;
  return { columns: { id: sql`p.id` }, from };
}
