import { z } from 'zod';
import type { AnySignalRule } from '../../packages/core/src/domain.ts';
import { markdownTable } from '../markdown-table.ts';
import { subjectKinds } from './subject-kinds.ts';

export const notice =
  '<!-- Written by scripts/generate-signal-docs.ts from the definitions; edit those, not this page. -->';

const propertySchema = z.looseObject({
  description: z.string().default(''),
  default: z.unknown(),
});
const paramsSchema = z.object({ properties: z.record(z.string(), propertySchema).default({}) });

/** Returns the page of one rule. */
export function rulePage(rule: AnySignalRule): string {
  const { id, title, description, subject, severity, cadence, clearAfterHours } = rule;
  const kind = subjectKinds[subject];
  const wait = clearAfterHours === 0 ? 'at once' : `after ${clearAfterHours} hours`;
  return `${notice}

# ${title}

${description}

${markdownTable([
  ['', ''],
  ['rule', `\`${id}\``],
  ['looks at', `[${subject}](fields.md#${subject})`],
  ['severity', severity],
  ['runs', cadence === 'daily' ? 'once a day' : 'after each sync and every quarter of an hour'],
  ['closed when it is over', wait],
  ['version', String(rule.version)],
])}

## Parameters

${parameters(rule)}

## Evidence

${kind.evidence} \`adjutant signals show <id>\` lists them, and says whether the sentence comes out of them again.

## Muting

\`adjutant rules mute ${id}\` hides what it finds; with \`--finding <id>\` only of that one subject. \`off: [${id}]\` under \`signals\` of the [configuration](../guide/configuration.md) does not run it at all. \`adjutant rules replay ${id} --since <day>\` tells what it would have found.
`;
}

function parameters({ id, paramsSchema: schema }: AnySignalRule): string {
  const { properties } = paramsSchema.parse(z.toJSONSchema(schema, { io: 'input' }));
  const rows = Object.entries(properties).map(([name, property]) => [
    `\`${name}\``,
    JSON.stringify(property.default),
    property.description,
  ]);
  if (rows.length === 0) return 'It has none.';
  const [first] = Object.entries(properties);
  const example = `{${first?.[0]}: ${JSON.stringify(first?.[1].default)}}`;
  return `${markdownTable([['parameter', 'default', 'what it is'], ...rows])}

Others stand in the [configuration](../guide/configuration.md):

\`\`\`yaml
signals:
  params:
    ${id}: ${example}
\`\`\``;
}

/** Returns the index of all rules. */
export function indexPage(rules: readonly AnySignalRule[]): string {
  const rows = rules.map(({ id, title, subject, severity }) => [
    `[\`${id}\`](${id}.md)`,
    title,
    `[${subject}](fields.md#${subject})`,
    severity,
  ]);
  return `${notice}

# Signals

What the rules that come with the product find. [How they work](../concepts/signals.md); [adding one of your own](adding-a-rule.md); [what a rule can look at](fields.md).

${markdownTable([['rule', 'what it is', 'looks at', 'severity'], ...rows])}
`;
}
