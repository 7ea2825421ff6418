import { AdjutantError } from '@adjutant/core/ports';
import type { Viewer } from '@adjutant/core/domain';

/**
 * Returns the viewer that an assistant reads as: an agent that works for the person whom the host
 * authenticated, never that person herself.
 * @throws AdjutantError `Configuration` for the system, for which nobody can authenticate
 */
export function agentViewer(viewer: Viewer): Viewer {
  if (viewer.kind === 'agent') return viewer;
  if (viewer.kind === 'person') {
    return { kind: 'agent', name: 'mcp', sponsorPersonId: viewer.personId };
  }
  throw new AdjutantError('Configuration', 'A request over HTTP cannot be the system.', {
    hint: 'Return the person whom you authenticated from authenticate, or null.',
  });
}
