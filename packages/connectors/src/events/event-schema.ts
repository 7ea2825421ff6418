import { replaceHidden } from '@adjutant/core/ports';
import { z } from 'zod';
import { printable } from '../commits/text.ts';
import { readRepositoryAddress } from './repository-address.ts';

const longestTitle = 300;

function isSeenAsItIs(text: string): boolean {
  return replaceHidden(text, () => '') === text;
}

/** One line without marks that turn it round: a name is shown and compared. */
const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine(isSeenAsItIs, 'is one line of plain text');
const titleSchema = z
  .string()
  .trim()
  .min(1)
  .transform((text) => printable(text, longestTitle));
const idSchema = z
  .string()
  .max(200)
  .regex(/^[\x21-\x7e]+$/, 'has letters, digits and signs only');
const instantSchema = z.iso
  .datetime({ offset: true, error: 'is an instant with its zone, such as 2026-01-31T09:30:00Z' })
  .transform((value) => Date.parse(value))
  .pipe(z.int({ error: 'is no instant that there is' }).min(0, 'lies before 1970'));
/** The address that people open it by: how it is known to be the one that another source shows. */
const repositorySchema = z.string().transform((address, context) => {
  const place = readRepositoryAddress(address);
  if (place !== null) return place;
  context.addIssue({
    code: 'custom',
    message:
      'is the address of the repository and no more, such as https://github.com/acme/web or git@github.com:acme/web.git, without user, password, query or fragment',
  });
  return z.NEVER;
});
const shaSchema = z
  .string()
  .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i, 'is the whole id of a commit, of 40 or 64 digits')
  .transform((sha) => sha.toLowerCase());

const spanShape = {
  queuedAt: instantSchema.optional(),
  startedAt: instantSchema.optional(),
  /** When it was over; of all but what is running. */
  finishedAt: instantSchema.optional(),
};

const deploymentSchema = z.strictObject({
  type: z.literal('deployment'),
  id: idSchema,
  environment: nameSchema.default('production'),
  result: z.enum(['success', 'failure', 'running']),
  repository: repositorySchema.optional(),
  service: nameSchema.optional(),
  sha: shaSchema.optional(),
  kind: z.enum(['planned', 'hotfix', 'rollback']).optional(),
  /** The deployment that this one takes back. */
  rollsBack: idSchema.optional(),
  ...spanShape,
});
const incidentSchema = z.strictObject({
  type: z.literal('incident'),
  id: idSchema,
  title: titleSchema,
  createdAt: instantSchema,
  acknowledgedAt: instantSchema.optional(),
  resolvedAt: instantSchema.optional(),
  service: nameSchema.optional(),
  severity: nameSchema.optional(),
  /** True where somebody else's system broke. */
  isExternal: z.boolean().default(false),
  /** The deployment of this source that it comes from, where that is known. */
  causedBy: idSchema.optional(),
});
/** As people write it or as a pipeline has it, `refs/heads/main`. */
const branchSchema = z
  .string()
  .trim()
  .max(255)
  .transform((name) => name.replace(/^refs\/heads\//, ''))
  .refine(
    (name) => /^\S+$/.test(name) && isSeenAsItIs(name),
    'is the name of a branch, such as main',
  );

const buildSchema = z.strictObject({
  type: z.literal('build'),
  id: idSchema,
  name: nameSchema,
  repository: repositorySchema,
  result: z.enum(['success', 'failure', 'cancelled', 'running']),
  sha: shaSchema.optional(),
  /** Of which branch it was. */
  branch: branchSchema.optional(),
  ...spanShape,
});

/** What may be sent: each event tells all that is known of its thing, and replaces what was told before. */
export const eventSchema = z
  .discriminatedUnion('type', [deploymentSchema, incidentSchema, buildSchema])
  .check(({ value, issues }) => {
    for (const [field, message] of contradictions(value)) {
      issues.push({ code: 'custom', input: value, path: [field], message });
    }
  });
export type SentEvent = z.infer<typeof eventSchema>;

/** The instants of an event by name, in the order in which they may follow one another. */
export function instantsOf(event: SentEvent): [field: string, at: number | undefined][] {
  if (event.type === 'incident') {
    const { createdAt, acknowledgedAt, resolvedAt } = event;
    return Object.entries({ createdAt, acknowledgedAt, resolvedAt });
  }
  const { queuedAt, startedAt, finishedAt } = event;
  return Object.entries({ queuedAt, startedAt, finishedAt });
}

function contradictions(event: SentEvent): [field: string, message: string][] {
  const found: [string, string][] = [];
  let before: [field: string, at: number] | null = null;
  for (const [field, at] of instantsOf(event)) {
    if (at === undefined) continue;
    if (before !== null && at < before[1]) found.push([field, `lies before ${before[0]}`]);
    before = [field, at];
  }
  if (event.type === 'incident') return found;
  const isOver = event.result !== 'running';
  if (isOver && event.finishedAt === undefined) {
    found.push(['finishedAt', 'says when it was over; only what is running has none']);
  }
  if (!isOver && event.finishedAt !== undefined) {
    found.push(['finishedAt', 'is there though the result is running']);
  }
  if (event.type === 'deployment' && event.rollsBack === event.id) {
    found.push(['rollsBack', 'is the deployment itself']);
  }
  return found;
}
