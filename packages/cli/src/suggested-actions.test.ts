import { github } from '@adjutant/connectors/github';
import { type SignalSubjectKind, signalSubjectSchemas } from '@adjutant/core/domain';
import { shippedRules } from '@adjutant/insights';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const config = github.definition.configSchema.parse({ repositories: ['acme/shop'] });
const actions = github.definition.actions?.(config) ?? [];
const at = Date.UTC(2026, 10, 18);

/** Values of the names that payloads are made of; whatever else a subject has is of no matter to them. */
const known: Readonly<Record<string, unknown>> = {
  source: 'github',
  fullName: 'acme/shop',
  number: 12,
  lastRunId: '5012345678',
  failuresInRow: 1,
  evidence: ['row-1'],
};

/** Returns a subject of a kind whose unknown fields are null, empty or the first of what they may be. */
function subjectOf(kind: SignalSubjectKind) {
  const shape: Readonly<Record<string, z.ZodType>> = signalSubjectSchemas[kind].shape;
  return signalSubjectSchemas[kind].parse(
    Object.fromEntries(
      Object.entries(shape).map(([name, schema]) => [name, known[name] ?? valueOf(schema)]),
    ),
  );
}

function valueOf(schema: z.ZodType): unknown {
  const tried = [null, [], false, 'name', at, 1, 'open', 'unknown', 'pending', 'low', 'nobody'];
  const some = schema instanceof z.ZodEnum ? [...schema.options] : tried;
  return some.find((value) => schema.safeParse(value).success);
}

const suggesting = shippedRules.flatMap((rule) => {
  const context = { now: at, isOpen: false, timeZone: 'UTC' };
  return rule
    .suggest(subjectOf(rule.subject), context)
    .map((action) => ({ rule: rule.id, ...action }));
});

describe('what shipped rules propose', () => {
  it('comes from some of them', () => {
    expect(suggesting.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['pr.comment', 'issue.create', 'workflow.rerun']),
    );
  });

  it.each(suggesting)('$rule: $type is taken as it is', ({ type, payload, why }) => {
    const definition = actions.find(({ id }) => id === type);
    expect(definition?.inputSchema.safeParse(payload)).toMatchObject({ success: true });
    expect(why).toMatch(/^[A-Z].+\.$/);
  });
});
