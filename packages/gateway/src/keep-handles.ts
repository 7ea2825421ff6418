import type { Adjutant, WorkspaceHandle } from '@adjutant/core';
import type { Viewer } from '@adjutant/core/domain';

const mostKept = 200;

/**
 * Returns what gives the handle of a viewer, the same one to the same viewer: those who ask ask again,
 * and making a handle costs as much as a short read. A handle holds nothing of what was read by it.
 */
export function keepHandles(
  adjutant: Pick<Adjutant, 'workspace'>,
): (workspaceId: string | undefined, viewer: Viewer) => WorkspaceHandle {
  const kept = new Map<string, WorkspaceHandle>();
  return (workspaceId, viewer) => {
    const key = keyOf(workspaceId, viewer);
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= mostKept) kept.clear();
    const handle = adjutant.workspace(workspaceId).as(viewer);
    kept.set(key, handle);
    return handle;
  };
}

/** The same for equal viewers only. That of a person is short: it is made with every request of a page. */
function keyOf(workspaceId: string | undefined, viewer: Viewer): string {
  return workspaceId === undefined && viewer.kind === 'person'
    ? `${viewer.role} ${viewer.personId}`
    : JSON.stringify([workspaceId, viewer]);
}
