import { z } from 'zod';

const text = z.string().trim().min(1).max(300);
const idSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\x21-\x7e]+$/, 'has letters, digits and signs only');
const instantSchema = z.iso
  .datetime({ offset: true, error: 'is an instant such as 2026-01-31T09:30:00Z' })
  .transform((value) => Date.parse(value));
/** The address that people open it by: how it is known to be the one that another source shows. */
const repositorySchema = z
  .url({
    protocol: /^https$/,
    error: 'is the address of the repository, such as https://github.com/acme/web',
  })
  .max(300);
const shaSchema = z.string().regex(/^[0-9a-f]{7,64}$/, 'is the id of a commit');

const deploymentSchema = z.strictObject({
  type: z.literal('deployment'),
  id: idSchema,
  environment: text.default('production'),
  result: z.enum(['success', 'failure', 'running']),
  repository: repositorySchema.optional(),
  service: text.optional(),
  sha: shaSchema.optional(),
  kind: z.enum(['planned', 'hotfix', 'rollback']).optional(),
  /** The deployment that this one takes back. */
  rollsBack: idSchema.optional(),
  queuedAt: instantSchema.optional(),
  startedAt: instantSchema.optional(),
  finishedAt: instantSchema.optional(),
});
const incidentSchema = z.strictObject({
  type: z.literal('incident'),
  id: idSchema,
  title: text,
  createdAt: instantSchema,
  acknowledgedAt: instantSchema.optional(),
  resolvedAt: instantSchema.optional(),
  service: text.optional(),
  severity: text.optional(),
  /** True where somebody else's system broke. */
  isExternal: z.boolean().default(false),
  /** The deployment of this source that it comes from, where that is known. */
  causedBy: idSchema.optional(),
});
const buildSchema = z.strictObject({
  type: z.literal('build'),
  id: idSchema,
  name: text,
  repository: repositorySchema,
  result: z.enum(['success', 'failure', 'cancelled', 'running']),
  sha: shaSchema.optional(),
  queuedAt: instantSchema.optional(),
  startedAt: instantSchema.optional(),
  finishedAt: instantSchema.optional(),
});

/** What may be sent: each event tells all that is known of its thing, and replaces what was told before. */
export const eventSchema = z
  .discriminatedUnion('type', [deploymentSchema, incidentSchema, buildSchema])
  .check(({ value, issues }) => {
    for (const [earlier, later] of [
      ['queuedAt', 'startedAt'],
      ['startedAt', 'finishedAt'],
      ['createdAt', 'acknowledgedAt'],
      ['createdAt', 'resolvedAt'],
    ] as const) {
      const [from, to] = [instantOf(value, earlier), instantOf(value, later)];
      if (from === null || to === null || from <= to) continue;
      issues.push({
        code: 'custom',
        input: value,
        path: [later],
        message: `lies before ${earlier}`,
      });
    }
    const isOver = value.type !== 'incident' && value.result !== 'running';
    if (!isOver || instantOf(value, 'finishedAt') !== null) return;
    issues.push({
      code: 'custom',
      input: value,
      path: ['finishedAt'],
      message: 'says when it was over; only what is running has none',
    });
  });
export type DeliveredEvent = z.infer<typeof eventSchema>;

function instantOf(event: object, name: string): number | null {
  const value: unknown = Object.hasOwn(event, name) ? Reflect.get(event, name) : null;
  return typeof value === 'number' ? value : null;
}

/** Says in words what is wrong with an event; null where nothing is. */
export function problemOf(payload: unknown): string | null {
  const parsed = eventSchema.safeParse(payload);
  if (parsed.success) return null;
  const told = parsed.error.issues.slice(0, 3).map(({ path, message }) => {
    const place = path.map(String).join('.');
    return place === '' ? message : `${place}: ${message}`;
  });
  return `${told.join('; ')}. See docs/connectors/events.md.`;
}
