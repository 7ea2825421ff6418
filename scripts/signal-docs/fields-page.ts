import { signalSubjectKinds } from '../../packages/core/src/domain.ts';
import { type SignalField, signalFields } from '../../packages/core/src/index.ts';
import { markdownTable } from '../markdown-table.ts';
import { notice } from './rule-page.ts';
import { subjectKinds } from './subject-kinds.ts';

/** Returns the page of what rules can look at: each kind of subject with its fields. */
export function fieldsPage(): string {
  const kinds = signalSubjectKinds.map((kind) => {
    const rows = signalFields(kind).map((field) => [
      `\`${field.name}\``,
      typeWords(field),
      field.description,
    ]);
    return `## ${kind}

${subjectKinds[kind].what}

${markdownTable([['field', 'type', 'what it is'], ...rows])}
`;
  });
  return `${notice}

# Fields

What a [rule in YAML](adding-a-rule.md) can ask of each kind of subject. Where a type is followed by a question mark the field may not be known; a rule that needs it then cannot tell. An instant counts milliseconds since 1970.

${kinds.join('\n')}`;
}

const typeNames = {
  bool: 'true or false',
  double: 'number',
  string: 'text',
  'list<string>': 'list of texts',
} as const;

function typeWords({ type, values, unit, isNullable }: SignalField): string {
  const shown =
    values === null ? (unit ?? typeNames[type]) : values.map((value) => `\`${value}\``).join(', ');
  return `${shown}${isNullable ? '?' : ''}`;
}
