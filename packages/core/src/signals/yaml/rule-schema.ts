import { z } from 'zod';
import { signalSeveritySchema } from '../../domain/signal.ts';
import { type SignalSubjectKind, signalSubjectKinds } from '../../domain/signal-subjects/index.ts';

const line = (what: string, most: number) =>
  z
    .string(`is ${what}`)
    .trim()
    .min(1, `is empty; it is ${what}`)
    .max(most, `has more than ${most} characters`)
    .regex(/^\P{C}*$/u, 'holds a line break or another sign that cannot be seen; write one line');

/** How rules are named, and their files with them. */
export const ruleIdPattern = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

const expression = z
  .string('is text: an expression that is true or false')
  .trim()
  .min(1, 'is empty; write an expression');

const mostHours = 720;
const mostTests = 50;

const given = z.record(
  z.string(),
  z.unknown(),
  'is a mapping of fields, such as {is_draft: false}, or {} for none',
);

export const ruleTestSchema = z.strictObject(
  {
    name: line('what the test shows, in words', 120).optional(),
    fires: given.optional(),
    clears: given.optional(),
    unknown: given.optional(),
    sentence: z.string('is the sentence that is expected').max(1_000).optional(),
  },
  'is written like {fires: {is_draft: false}}',
);
export type RuleTestForm = z.output<typeof ruleTestSchema>;

/** The form of a file in `rules/`. */
export const ruleFileSchema = z.strictObject({
  id: z
    .string('is the name of the file without its ending')
    .max(60, 'has more than 60 characters')
    .regex(ruleIdPattern, 'is made of small letters, digits and "-", such as docs-waiting'),
  title: line('what the rule is called', 100),
  description: line('what it finds and when that is over, in words', 1_000).optional(),
  subject: z.enum(
    signalSubjectKinds as [SignalSubjectKind, ...SignalSubjectKind[]],
    `is one of: ${signalSubjectKinds.join(', ')}`,
  ),
  severity: z.enum(
    signalSeveritySchema.options,
    `is one of: ${signalSeveritySchema.options.join(', ')}`,
  ),
  when: expression,
  until: expression.optional(),
  since: z.string('is the name of a field that is an instant').max(100).optional(),
  explain: line('the sentence that is shown, such as "{key} waits."', 300),
  every: z.literal('day', 'is day, or left out: then the rule runs after each sync').optional(),
  clear_after_hours: z
    .number('is a number of hours')
    .min(0, 'is 0 or more')
    .max(mostHours, `is ${mostHours} at most`)
    .optional(),
  suggest: z
    .strictObject(
      {
        type: z.string('is a type of action, such as pr.label').max(100),
        payload: z.record(z.string(), z.unknown(), 'is a mapping, as the type of action takes it'),
        why: line('what it would do, in words', 200).optional(),
      },
      'is written like {type: pr.label, payload: {…}}',
    )
    .optional(),
  tests: z
    .array(ruleTestSchema, 'is a list, such as [{fires: {is_draft: false}}]')
    .max(mostTests, `has more than ${mostTests} tests`)
    .optional(),
});
export type RuleForm = z.output<typeof ruleFileSchema>;

/** Keys that may stand at a place of the file, for errors. */
export function knownRuleKeys(path: readonly PropertyKey[]): readonly string[] {
  const [first] = path.map(String);
  if (first === undefined) return Object.keys(ruleFileSchema.shape);
  if (first === 'suggest') return ['type', 'payload', 'why'];
  return first === 'tests' ? Object.keys(ruleTestSchema.shape) : [];
}
