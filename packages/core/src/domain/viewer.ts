import { z } from 'zod';
import { personRoleSchema } from './person.ts';

/** Who looks. There is no read and no decision without one. */
export const viewerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), personId: z.string(), role: personRoleSchema }),
  z.object({ kind: z.literal('agent'), name: z.string(), sponsorPersonId: z.string() }),
  z.object({ kind: z.literal('system') }),
]);
export type Viewer = z.infer<typeof viewerSchema>;

/** The viewer's name in the ledger. */
export function viewerLabel(viewer: Viewer): string {
  if (viewer.kind === 'person') return `person:${viewer.personId}`;
  if (viewer.kind === 'agent') return `agent:${viewer.name} for person:${viewer.sponsorPersonId}`;
  return 'system';
}
