import { z } from 'zod';

/** What somebody does in an incident: decides what is done, tells others, writes down. */
export const incidentRoleSchema = z.enum(['lead', 'communication', 'scribe']);
export type IncidentRole = z.infer<typeof incidentRoleSchema>;
