import { z } from 'zod';
import type { ActionRule, ConditionUse, PolicyLimits } from './policy.ts';

const durationPattern = /^(\d{1,4})(m|h|d)$/;
const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function duration(mostDays: number): z.ZodType<number, string> {
  return z
    .string('is written 30m, 24h or 7d')
    .regex(durationPattern, 'is written 30m, 24h or 7d')
    .transform((text) => {
      const [, amount = '0', unit = 'm'] = durationPattern.exec(text) ?? [];
      return Number(amount) * unitMs[unit as keyof typeof unitMs];
    })
    .refine((ms) => ms >= unitMs.m && ms <= mostDays * unitMs.d, {
      message: `is from 1m to ${mostDays}d`,
    });
}

const modeMessage =
  'is auto, ask, require_approval or deny, or {base: auto, ask_if: [channel_public]}';
const modeSchema = z.enum(['auto', 'ask', 'require_approval', 'deny'], modeMessage);
const riskSchema = z.enum(['low', 'medium', 'high'], 'is low, medium or high');

const conditionSchema = z
  .union([
    z.string('is the name of a condition').min(1).max(100),
    z.record(z.string(), z.number('is a number').min(0).max(1_000_000_000)),
  ])
  .transform((use): ConditionUse => {
    if (typeof use === 'string') return { name: use, above: null };
    const [[name, above] = ['', 0], ...more] = Object.entries(use);
    return { name: more.length > 0 ? '' : name, above };
  });
const conditionsSchema = z
  .array(conditionSchema, 'is a list, such as [channel_public]')
  .min(1, 'is an empty list; name a condition or leave it out')
  .max(30, 'has more than 30 conditions');

const targetSchema = z
  .string('is text, such as acme/api')
  .min(1, 'is empty')
  .max(300)
  .refine((pattern) => pattern.split('/').every((part) => part === '*' || !part.includes('*')), {
    message: 'may hold * only in place of a whole part, such as acme/*',
  });

const valuesSchema = z.union([
  z.literal('any'),
  z
    .array(z.union([z.string().max(500), z.number(), z.boolean()]))
    .min(1, 'is an empty list; write the values that are allowed')
    .max(500),
]);

const ruleSchema = z.strictObject(
  {
    risk: riskSchema.optional(),
    mode: z
      .union([
        modeSchema,
        z.strictObject({
          base: modeSchema,
          ask_if: conditionsSchema.optional(),
          require_approval_if: conditionsSchema.optional(),
          deny_if: conditionsSchema.optional(),
        }),
      ])
      .optional(),
    when: z
      .string('is text: an expression that is true or false')
      .trim()
      .min(1, 'is empty; write an expression or leave it out')
      .optional(),
    quorum: z.int('is a whole number').min(1, 'is at least 1').max(10, 'is at most 10').optional(),
    separation_of_duties: z.boolean('is true or false').optional(),
    expires_after: duration(30).optional(),
    execute_within: duration(7).optional(),
    escalate_at: z
      .array(
        z
          .number('is a part of the waiting time, such as 0.5')
          .gt(0, 'is more than 0')
          .lt(1, 'is less than 1'),
        'is a list of parts of the waiting time, such as [0.5, 0.8]',
      )
      .max(5, 'has more than 5 parts')
      .refine((parts) => parts.every((part, at) => at === 0 || part > (parts[at - 1] ?? 0)), {
        message: 'goes from small to large',
      })
      .optional(),
    allow: z
      .strictObject({
        targets: z.array(targetSchema, 'is a list, such as [acme/api]').min(1, 'is empty').max(500),
        values: z.record(
          z.string().min(1).max(100),
          valuesSchema,
          'names fields of the payload, such as {labels: [triage]}',
        ),
      })
      .optional(),
  },
  'is written like {risk: high, mode: require_approval}',
);
export type RuleForm = z.output<typeof ruleSchema>;

/** The form of adjutant.policy.yaml. */
export const policyFileSchema = z.strictObject({
  actions: z
    .record(z.string(), ruleSchema, 'is a mapping from types of action to what they need')
    .optional(),
  limits: z
    .strictObject(
      {
        max_monthly_cost_usd: z.number('is a number of US dollars').min(0).nullable().optional(),
        max_channel_size_auto_post: z
          .int('is a whole number of people')
          .min(0)
          .nullable()
          .optional(),
        pii_redaction: z
          .enum(['off', 'standard', 'strict'], 'is off, standard or strict')
          .optional(),
      },
      'is a mapping, such as {max_monthly_cost_usd: 200}',
    )
    .optional(),
});
export type PolicyFile = z.output<typeof policyFileSchema>;

/** Keys that may stand at a place of the file, for errors. */
export function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  const [first, , third, ...rest] = path.map(String);
  if (first === undefined) return ['actions', 'limits'];
  if (first === 'limits') {
    return ['max_monthly_cost_usd', 'max_channel_size_auto_post', 'pii_redaction'];
  }
  if (third === undefined) return Object.keys(ruleSchema.shape);
  if (third === 'mode' && rest.length === 0) {
    return ['base', 'ask_if', 'require_approval_if', 'deny_if'];
  }
  return third === 'allow' ? ['targets', 'values'] : [];
}

const conditionUseSchema = z.strictObject({ name: z.string(), above: z.number().nullable() });
const canonicalRuleSchema = z.strictObject({
  risk: riskSchema,
  base: modeSchema,
  askIf: z.array(conditionUseSchema),
  requireApprovalIf: z.array(conditionUseSchema),
  denyIf: z.array(conditionUseSchema),
  when: z.string().nullable(),
  quorum: z.number(),
  separationOfDuties: z.boolean(),
  pendingTtlMs: z.number().nullable(),
  approvedTtlMs: z.number().nullable(),
  escalateAt: z.array(z.number()).nullable(),
  allow: z
    .strictObject({ targets: z.array(z.string()), values: z.record(z.string(), valuesSchema) })
    .nullable(),
}) satisfies z.ZodType<ActionRule>;

/** A policy as it is kept. */
export const canonicalPolicySchema = z.strictObject({
  format: z.literal(1),
  actions: z.record(z.string(), canonicalRuleSchema),
  limits: z.strictObject({
    maxMonthlyCostUsd: z.number().nullable(),
    maxChannelSizeAutoPost: z.number().nullable(),
    piiRedaction: z.enum(['off', 'standard', 'strict']),
  }) satisfies z.ZodType<PolicyLimits>,
});
